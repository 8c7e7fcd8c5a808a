using System.Net;
using EPerfect.Testing;

namespace EPerfect.Gateway.Tests;

public sealed class OverloadTests
{
    [Fact]
    public async Task Past_what_can_be_on_its_way_at_once_requests_are_refused_at_once()
    {
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await StartAsync([("orders", orders.Address)], "--Overload:MostAtOnce=1");
        var stuck = gateway.Client.GetAsync("/api/orders/stuck");
        await orders.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(5));

        var answer = await gateway.Client.GetAsync("/api/orders/1");
        await answer.ShouldBeProblemAsync(503, "overloaded");
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await gateway.Client.GetAsync("/health/live")).EnsureSuccessStatusCode();
        await stuck;
        (await gateway.Client.GetStringAsync("/api/orders/1")).ShouldBe("orders");
    }

    [Fact]
    public async Task A_service_that_hangs_leaves_room_for_the_others()
    {
        await using var orders = await Backend.StartAsync("orders");
        await using var accounts = await Backend.StartAsync("accounts");
        await using var gateway = await StartAsync(
            [("orders", orders.Address), ("accounts", accounts.Address)],
            "--Overload:MostAtOnce=5",
            "--Overload:MostPerService=3");

        var stuck = Enumerable.Range(0, 20).Select(_ => gateway.Client.GetAsync("/api/orders/stuck")).ToList();
        await orders.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(5));

        (await gateway.Client.GetStringAsync("/api/accounts/1")).ShouldBe("accounts");
        var answers = await Task.WhenAll(stuck);
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task One_address_does_not_take_all_places()
    {
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await StartAsync(
            [("orders", orders.Address)], "--Overload:MostPerAddress=2", "--ForwardedHeaders:KnownProxies:0=127.0.0.1");
        using var other = gateway.NewClient(gateway.Issuer.Token());
        other.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        var stuck = Enumerable.Range(0, 2).Select(_ => gateway.Client.GetAsync("/api/orders/stuck")).ToList();
        await orders.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(5));

        await Until.TrueAsync(
            async () => (await gateway.Client.GetAsync("/api/orders/1")).StatusCode == HttpStatusCode.ServiceUnavailable,
            "the address has taken its places");
        (await other.GetStringAsync("/api/orders/1")).ShouldBe("orders");
        await Task.WhenAll(stuck);
    }

    private static Task<RunningGateway> StartAsync(
        IEnumerable<(string, Uri)> destinations, params string[] settings) =>
        RunningGateway.StartAsync(destinations, settings);
}
