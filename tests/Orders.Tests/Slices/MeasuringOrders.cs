using EPerfect.Orders.Ordering;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Orders.Tests.Slices;

/// <summary>On a service of its own: what is counted is every order of the store.</summary>
public sealed class MeasuringOrders(PostgresServer postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_on_their_way_are_counted_by_state_and_those_that_have_ended_are_not()
    {
        await using var service = await TestService.StartAsync(OrdersModule.Define(), postgres);
        var account = await service.OpenAccountAsync();
        await service.Client.PlaceAsync(account, "tok_ok", Api.Hosting());
        await service.Client.PlaceAsync(account, "tok_ok", Api.Domain("waits-for-its-name.com"));
        await service.Client.PlaceAsync(Guid.CreateVersion7(), "tok_ok", Api.Hosting());
        await service.Client.PlaceAsync(Guid.CreateVersion7(), "tok_ok", Api.Hosting());

        var measure = service.Services.GetServices<IMeasure>().OfType<OrderMeasure>().ShouldHaveSingleItem();

        await Until.TrueAsync(
            async () => await CountedAsync() is "placed 2, authorised 0, capturing 0, paid 1",
            "two wait for their account, one for its name, and the one that is active is not counted");

        async Task<string> CountedAsync() => string.Join(
            ", ",
            (await measure.ReadAsync(Cancellation)).Select(one => $"{one.Tags.ShouldHaveSingleItem().Value} {one.Value}"));
    }
}
