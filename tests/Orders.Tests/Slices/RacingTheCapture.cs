using System.Diagnostics;
using System.Net;
using EPerfect.Testing;

namespace EPerfect.Orders.Tests.Slices;

/// <summary>Customers who cancel at the very moment when their money is taken.</summary>
[Collection(RunningOrders.Name)]
public sealed class RacingTheCapture(OrdersService orders)
{
    private const int Races = 20;

    [Fact]
    public async Task An_order_is_either_cancelled_and_not_charged_or_not_cancelled_and_charged_once()
    {
        var account = await orders.Service.OpenAccountAsync();
        var usual = await UsualTimeAsync(account);
        for (var race = 0; race < Races; race++)
        {
            var id = await orders.Client.PlaceAsync(account, "tok_ok", Api.Hosting());
            await Task.Delay(usual * race / Races, TestContext.Current.CancellationToken);
            var answer = await orders.Client.PostWithKeyAsync($"/api/orders/{id}/cancellation", null);

            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.NoContent, HttpStatusCode.Conflict);
            var cancelled = answer.StatusCode == HttpStatusCode.NoContent;
            await orders.Client.BecomesAsync(id, cancelled ? "cancelled" : "active");
            (await ApprovedAsync("Capture", id)).ShouldBe(cancelled ? 0 : 1);
            if (cancelled) await LetGoAsync(id);
        }
    }

    /// <summary>How long an order takes when the service is warm, so that the cancellations spread over it.</summary>
    private async Task<TimeSpan> UsualTimeAsync(Guid account)
    {
        var shortest = TimeSpan.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var watch = Stopwatch.StartNew();
            var id = await orders.Client.PlaceAsync(account, "tok_ok", Api.Hosting());
            await orders.Client.BecomesAsync(id, "active");
            if (watch.Elapsed < shortest) shortest = watch.Elapsed;
        }

        return shortest;
    }

    private async Task LetGoAsync(Guid id)
    {
        await Until.TrueAsync(
            async () => (await orders.Client.HistoryAsync(id)).Contains("authorisation_voided"),
            "what may be held is let go");
        (await ApprovedAsync("Void", id)).ShouldBe(1);
    }

    private Task<long> ApprovedAsync(string kind, Guid id) => orders.Service.CountAsync(
        "payment_gateway.ledger where reason is null and kind = $1 and idempotency_key = $2", kind, id);
}
