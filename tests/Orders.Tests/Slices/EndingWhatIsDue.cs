using EPerfect.Orders.Payment;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Orders.Tests.Slices;

/// <summary>Something is due that nothing is left to do for: it ends, and does not come again for ever.</summary>
[Collection(RunningOrders.Name)]
public sealed class EndingWhatIsDue(OrdersService orders)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_due_for_an_order_that_is_done_ends()
    {
        var account = await orders.Service.OpenAccountAsync();
        var id = await orders.Client.PlaceAsync(account, "tok_ok", Api.Hosting());
        var order = await orders.Client.BecomesAsync(id, "active");
        await Until.TrueAsync(async () => await DueAsync(account) == 0, "its account is known");
        var item = order["items"]![0]!["itemId"]!.GetValue<string>();
        var history = await orders.Client.HistoryAsync(id);

        foreach (var kind in new[] { "authorise-payment", "capture-payment", "void-authorisation" })
            await SetAsync(id, kind, "", DateTimeOffset.UtcNow);
        foreach (var kind in new[] { "provision-hosting", "refund-item" })
            await SetAsync(id, kind, item, DateTimeOffset.UtcNow);
        await SetAsync(account, "wake-orders", "", DateTimeOffset.UtcNow);

        await Until.TrueAsync(async () => await DueAsync(id) + await DueAsync(account) == 0, "nothing is due");
        (await orders.Client.HistoryAsync(id)).ShouldBe(history);
    }

    [Fact]
    public async Task What_was_set_anew_meanwhile_stays()
    {
        var deadline = new Deadline(
            Guid.CreateVersion7(), AuthorisePayment.Kind, "", new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await SetAsync(deadline.StreamId, deadline.Kind, "", deadline.Due);
        var deadlines = orders.Service.Services.GetRequiredService<Deadlines>();

        await deadlines.EndAsync(deadline with { Due = deadline.Due.AddSeconds(-1) }, Cancellation);
        (await DueAsync(deadline.StreamId)).ShouldBe(1);

        await deadlines.EndAsync(deadline, Cancellation);
        (await DueAsync(deadline.StreamId)).ShouldBe(0);
    }

    private Task<long> DueAsync(Guid stream) => orders.Service.CountAsync("store.deadlines where stream_id = $1", stream);

    private async Task SetAsync(Guid stream, string kind, string argument, DateTimeOffset due)
    {
        await using var connection = new NpgsqlConnection(orders.Service.Database.Admin);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(
            "insert into store.deadlines (stream_id, kind, argument, due) values ($1, $2, $3, $4)", connection);
        foreach (var value in new object[] { stream, kind, argument, due }) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
