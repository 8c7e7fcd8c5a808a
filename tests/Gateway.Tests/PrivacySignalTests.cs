using EPerfect.Testing;

namespace EPerfect.Gateway.Tests;

/// <summary>Global Privacy Control: what a person's browser says reaches Privacy once.</summary>
public sealed class PrivacySignalTests
{
    private readonly Guid account = Guid.CreateVersion7();

    private string Signal => $"/api/privacy/people/{account}/signals/global-privacy-control";

    [Fact, Control("nav-home")]
    public async Task A_persons_signal_is_told_once_under_the_persons_own_token()
    {
        await using var all = await Backend.StartAsync("all");
        await using var gateway = await StartAsync(all);
        var token = gateway.Issuer.Owner(account);

        for (var i = 0; i < 5; i++) (await SendAsync(gateway, token, "1")).EnsureSuccessStatusCode();
        await Until.TrueAsync(() => Task.FromResult(Told(all).Count > 0), "Privacy is told");
        for (var i = 0; i < 5; i++) (await SendAsync(gateway, token, "1")).EnsureSuccessStatusCode();

        var told = Told(all).ShouldHaveSingleItem();
        (told.Method, told.Target).ShouldBe(("PUT", Signal));
        told.Headers["Authorization"].ShouldBe($"Bearer {token}");
        gateway.Log.Lines.ShouldNotContain(line => line.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_Privacy_is_away_requests_are_served_and_the_next_one_tells_it_again()
    {
        await using var orders = await Backend.StartAsync("orders");
        await using var privacy = await Backend.StartAsync("privacy");
        privacy.Status = 503;
        await using var gateway = await RunningGateway.StartAsync(
            ("orders", orders.Address), ("privacy", privacy.Address));
        var token = gateway.Issuer.Owner(account);
        await SendAsync(gateway, token, "1");
        await Until.TrueAsync(
            () => Task.FromResult(gateway.Log.Lines.Any(line => line.Contains("privacy signal", StringComparison.Ordinal))),
            "it failed");

        privacy.Status = 204;
        (await SendAsync(gateway, token, "1")).EnsureSuccessStatusCode();

        await Until.TrueAsync(() => Task.FromResult(Told(privacy).Count == 2), "Privacy is told again");
    }

    [Fact]
    public async Task While_Privacy_hangs_nobody_waits_for_it()
    {
        await using var orders = await Backend.StartAsync("orders");
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        await using var gateway = await RunningGateway.StartAsync(
            ("orders", orders.Address), ("privacy", new Uri($"http://{silent.LocalEndpoint}")));

        var answers = Enumerable.Range(0, 20).Select(_ => SendAsync(gateway, gateway.Issuer.Owner(Guid.CreateVersion7()), "1"));

        (await Task.WhenAll(answers).WaitAsync(TimeSpan.FromSeconds(5))).ShouldAllBe(answer => answer.IsSuccessStatusCode);
    }

    [Theory, Control("nav-home")]
    [InlineData("0")]
    [InlineData("true")]
    [InlineData("1, 1")]
    [InlineData("11")]
    [InlineData("yes please")]
    public async Task Any_other_value_says_nothing(string value)
    {
        await using var all = await Backend.StartAsync("all");
        await using var gateway = await StartAsync(all);

        (await SendAsync(gateway, gateway.Issuer.Owner(account), value)).EnsureSuccessStatusCode();

        await ThenNothingIsToldAsync(gateway, all);
    }

    [Theory]
    [InlineData("technical")]
    [InlineData("billing")]
    [InlineData("client")]
    public async Task Only_the_owner_speaks_for_an_account(string role)
    {
        await using var all = await Backend.StartAsync("all");
        await using var gateway = await StartAsync(all);

        (await SendAsync(gateway, gateway.Issuer.Token(accounts: [$"{account:D}:{role}"]), "1")).EnsureSuccessStatusCode();

        await ThenNothingIsToldAsync(gateway, all);
    }

    [Fact, Control("nav-home")]
    public async Task The_site_says_that_it_honours_the_signal()
    {
        await using var gateway = await RunningGateway.StartAsync();

        (await gateway.Stranger.GetStringAsync("/.well-known/gpc.json")).ShouldStartWith("""{"gpc":true,""");
    }

    private static Task<RunningGateway> StartAsync(Backend all) =>
        RunningGateway.StartAsync(("orders", all.Address), ("privacy", all.Address));

    private static List<Arrival> Told(Backend privacy) =>
        [.. privacy.Arrivals.Where(arrival => arrival.Target.Contains("/signals/", StringComparison.Ordinal))];

    /// <summary>Signals are told in order: once a later one arrived, an earlier one would have.</summary>
    private static async Task ThenNothingIsToldAsync(RunningGateway gateway, Backend all)
    {
        var other = Guid.CreateVersion7();
        await SendAsync(gateway, gateway.Issuer.Owner(other), "1");
        await Until.TrueAsync(() => Task.FromResult(Told(all).Count > 0), "the later one is told");
        Told(all).ShouldHaveSingleItem().Target.ShouldContain(other.ToString());
    }

    private static async Task<HttpResponseMessage> SendAsync(RunningGateway gateway, string token, string signal)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/orders/1");
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.TryAddWithoutValidation("Sec-GPC", signal);
        return await gateway.Stranger.SendAsync(request);
    }
}
