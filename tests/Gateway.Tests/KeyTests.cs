using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EPerfect.Testing;

namespace EPerfect.Gateway.Tests;

/// <summary>The provider's keys: when they cannot be had, and when they change.</summary>
public sealed class KeyTests
{
    [Fact]
    public async Task Without_the_providers_keys_nobody_gets_in_and_nobody_is_called_a_liar()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await StartAsync(issuer, orders);

        issuer.Answers = false;
        await (await gateway.Client.GetAsync("/api/orders/1")).ShouldBeUnavailableAsync();
        await (await gateway.Client.GetAsync("/api/orders/catalogue")).ShouldBeUnavailableAsync();
        (await gateway.Stranger.GetStringAsync("/api/orders/catalogue")).ShouldBe("orders");
        await (await gateway.Stranger.GetAsync("/api/orders/1")).ShouldBeProblemAsync(401, "unauthenticated");

        issuer.Answers = true;
        (await gateway.Client.GetStringAsync("/api/orders/1")).ShouldBe("orders");
    }

    [Fact]
    public async Task Keys_that_were_had_once_outlive_an_outage_of_the_provider()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await StartAsync(issuer, orders);
        await gateway.Client.GetStringAsync("/api/orders/1");

        issuer.Answers = false;

        using var another = gateway.NewClient(issuer.Token());
        (await another.GetStringAsync("/api/orders/1")).ShouldBe("orders");
    }

    [Fact]
    public async Task A_token_of_a_new_key_is_known_once_the_keys_are_asked_for_again_and_the_old_one_still_counts()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await StartAsync(issuer, orders);
        await gateway.Client.GetStringAsync("/api/orders/1");

        issuer.Rotate();
        using var later = gateway.NewClient(issuer.Token());

        await Until.TrueAsync(
            async () => (await later.GetAsync("/api/orders/1")).IsSuccessStatusCode,
            "the new key is known",
            TimeSpan.FromSeconds(15));
        (await gateway.Client.GetStringAsync("/api/orders/1")).ShouldBe("orders");
    }

    [Fact]
    public async Task A_key_that_was_withdrawn_opens_nothing_any_more()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await StartAsync(issuer, orders);
        await gateway.Client.GetStringAsync("/api/orders/1");

        issuer.Rotate();
        issuer.ForgetOldKeys();
        using var later = gateway.NewClient(issuer.Token());
        await Until.TrueAsync(
            async () => (await later.GetAsync("/api/orders/1")).IsSuccessStatusCode, "the new key is known");

        await (await gateway.Client.GetAsync("/api/orders/1")).ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task A_provider_that_hangs_holds_nobody_up_for_long()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var issuer = await TestIssuer.StartAsync();
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync(
            [("orders", orders.Address)], [$"--Identity:Metadata=http://{silent.LocalEndpoint}/"], issuer: issuer);
        var watch = Stopwatch.StartNew();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.Client.GetAsync("/api/orders/1")));

        foreach (var answer in answers) await answer.ShouldBeUnavailableAsync();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(9));
    }

    [Fact]
    public async Task Tokens_of_unknown_keys_do_not_make_the_gateway_ask_for_keys_each_time()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await StartAsync(issuer, orders);
        await gateway.Client.GetStringAsync("/api/orders/1");
        var before = issuer.Fetches;

        for (var i = 0; i < 50; i++)
        {
            using var forger = gateway.NewClient(issuer.Token(signedBy: SigningKey.Create()));
            await (await forger.GetAsync("/api/orders/1")).ShouldBeProblemAsync(401, "unauthenticated");
        }

        (issuer.Fetches - before).ShouldBeLessThanOrEqualTo(4);
    }

    private static Task<RunningGateway> StartAsync(TestIssuer issuer, Backend orders) =>
        RunningGateway.StartAsync([("orders", orders.Address)], [], issuer: issuer);
}
