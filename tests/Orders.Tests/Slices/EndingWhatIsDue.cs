using EPerfect.Orders.Payment;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Orders.Tests.Slices;

/// <summary>Something is due that nothing is left to do for: it ends, and does not come again for ever.</summary>
[Collection(RunningOrders.Name)]
public sealed class EndingWhatIsDue(OrdersService orders)
{
    [Fact]
    public async Task What_is_due_for_an_order_that_is_done_ends()
    {
        var account = await orders.Service.OpenAccountAsync();
        var id = await orders.Client.PlaceAsync(account, "tok_ok", Api.Hosting());
        var order = await orders.Client.BecomesAsync(id, "active");
        await orders.Service.NothingDueAsync(account);
        var item = order["items"]![0]!["itemId"]!.GetValue<string>();
        var history = await orders.Client.HistoryAsync(id);

        foreach (var kind in new[] { "authorise-payment", "capture-payment", "void-authorisation" })
            await orders.Service.SetDueAsync(id, kind);
        foreach (var kind in new[] { "provision-hosting", "refund-item" })
            await orders.Service.SetDueAsync(id, kind, item);
        await orders.Service.SetDueAsync(account, "wake-orders");

        await orders.Service.NothingDueAsync(id);
        await orders.Service.NothingDueAsync(account);
        (await orders.Client.HistoryAsync(id)).ShouldBe(history);
    }

    [Fact]
    public async Task What_was_set_anew_meanwhile_stays()
    {
        var deadline = new Deadline(
            Guid.CreateVersion7(), AuthorisePayment.Kind, "", new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await orders.Service.SetDueAsync(deadline.StreamId, deadline.Kind, due: deadline.Due);
        var deadlines = orders.Service.Services.GetRequiredService<Deadlines>();

        await deadlines.EndAsync(deadline with { Due = deadline.Due.AddSeconds(-1) }, TestContext.Current.CancellationToken);
        (await orders.Service.CountDueAsync(deadline.StreamId)).ShouldBe(1);

        await deadlines.EndAsync(deadline, TestContext.Current.CancellationToken);
        (await orders.Service.CountDueAsync(deadline.StreamId)).ShouldBe(0);
    }
}
