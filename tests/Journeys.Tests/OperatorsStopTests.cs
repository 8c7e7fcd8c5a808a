using System.Net;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>An operator stops charging, through the gateway, while customers go on ordering: the payment gateway's own books
/// decide.</summary>
public sealed class OperatorsStopTests(OperatorsPlatform platform) : IClassFixture<OperatorsPlatform>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stopped_nobody_is_charged_after_a_second_and_resumed_each_order_is_charged_once_kills_or_not()
    {
        using var customer = new TestCustomer(platform.Running);
        await customer.OpenAccountAsync();
        await customer.StoreContactAsync();
        var ledgers = new Ledgers(platform.Running);
        var before = await ledgers.CapturesAsync();
        using var end = new CancellationTokenSource();
        var load = OrderAsync(customer, end.Token);
        await Until.TrueAsync(async () => await ledgers.CapturesAsync() > before + 3, "customers are charged");

        (await SwitchAsync("stop")).ShouldBe(HttpStatusCode.NoContent);
        await Task.Delay(TimeSpan.FromSeconds(1), Ct);
        var captured = await ledgers.CapturesAsync();
        await Task.Delay(TimeSpan.FromSeconds(2), Ct);
        await platform.Running.KillAsync("orders-2");
        await platform.Running.StartAgainAsync("orders-2", Ct);
        await Task.Delay(TimeSpan.FromSeconds(1), Ct);
        (await ledgers.CapturesAsync()).ShouldBe(captured);
        (await platform.Operator.GetStringAsync("/api/operations/effects", Ct)).ShouldContain("incident:charged-twice");

        await end.CancelAsync();
        var orders = await load;
        (await SwitchAsync("resume")).ShouldBe(HttpStatusCode.NoContent);
        foreach (var order in orders)
            (await customer.EndOfAsync(order))["status"]!.GetValue<string>().ShouldBe("active");

        orders.Count.ShouldBeGreaterThan((int)(captured - before), "orders came in while it was stopped");
        (await ledgers.CapturesAsync()).ShouldBe(before + orders.Count);
        (await ledgers.CapturedAuthorisationsAsync()).ShouldBe(await ledgers.CapturesAsync());
    }

    /// <summary>One after the other, each for a name of its own.</summary>
    private static async Task<List<Guid>> OrderAsync(TestCustomer customer, CancellationToken end)
    {
        var orders = new List<Guid>();
        while (!end.IsCancellationRequested)
        {
            orders.Add(await customer.OrderAsync($"stop-{orders.Count}-{customer.Domain}"));
            await Task.Delay(50, CancellationToken.None);
        }

        return orders;
    }

    private async Task<HttpStatusCode> SwitchAsync(string what) => (await platform.Operator.PostWithKeyAsync(
        $"/api/operations/effects/charge/{what}", new { reason = "incident:charged-twice" })).StatusCode;
}
