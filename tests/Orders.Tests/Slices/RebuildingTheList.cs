using EPerfect.Orders.Ordering;
using EPerfect.Testing;
using Marten;
using Marten.Events.Daemon.Coordination;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Orders.Tests.Slices;

/// <summary>On a service of its own: a rebuild stops the projection's running part.</summary>
public sealed class RebuildingTheList(PostgresServer postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_dropped_and_rebuilt_is_the_same()
    {
        await using var service = await TestService.StartAsync(OrdersModule.Define(), postgres);
        var account = await service.OpenAccountAsync();
        await service.Client.PlaceAsync(account, "tok_ok", Api.Hosting());
        await service.Client.PlaceAsync(account, "tok_decline", Api.Hosting(), Api.Domain());
        await Until.TrueAsync(
            async () => await ListAsync() is var list
                && list.Contains("\"active\"", StringComparison.Ordinal)
                && list.Contains("\"cancelled\"", StringComparison.Ordinal),
            "both orders are settled in the list");
        var before = await ListAsync();

        var store = service.Services.GetRequiredService<IDocumentStore>();
        await store.Advanced.Clean.DeleteDocumentsByTypeAsync(typeof(OrderSummary), Cancellation);
        (await ListAsync()).ShouldNotBe(before);
        var daemon = service.Services.GetRequiredService<IProjectionCoordinator>().DaemonForMainDatabase();
        await daemon.RebuildProjectionAsync<OrderSummary>(Cancellation);

        (await ListAsync()).ShouldBe(before);

        Task<string> ListAsync() => service.Client.GetStringAsync(
            new Uri($"/api/orders?accountId={account}", UriKind.Relative), Cancellation);
    }
}
