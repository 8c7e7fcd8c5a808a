namespace EPerfect.Gateway.Tests;

/// <summary>Whose address counts as the client's, and who is told of it.</summary>
public sealed class ClientAddressTests
{
    private static readonly string[] TrustsLoopback = ["--ForwardedHeaders:KnownProxies:0=127.0.0.1"];

    [Theory]
    [InlineData("/identity/sign-in")]
    [InlineData("/connect/authorize")]
    public async Task The_pages_where_one_signs_in_are_told_the_address_that_the_gateway_sees(string target)
    {
        var arrival = await SendAsync(target, [], "203.0.113.7");

        arrival.Headers["X-Forwarded-For"].ShouldBe("127.0.0.1");
    }

    [Theory]
    [InlineData("/api/accounts/1")]
    [InlineData("/.well-known/openid-configuration")]
    public async Task Nobody_else_is_told_any(string target)
    {
        var arrival = await SendAsync(target, TrustsLoopback, "203.0.113.7");

        arrival.Headers.ShouldNotContainKey("X-Forwarded-For");
        arrival.Headers.Values.ShouldNotContain(value => value.Contains("203.0.113.7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_word_of_a_proxy_that_is_named_counts()
    {
        var arrival = await SendAsync("/identity/sign-in", TrustsLoopback, "203.0.113.7", "https");

        arrival.Headers["X-Forwarded-For"].ShouldBe("203.0.113.7");
        arrival.Headers["X-Forwarded-Proto"].ShouldBe("https");
    }

    [Fact]
    public async Task What_a_client_told_that_proxy_does_not()
    {
        var arrival = await SendAsync("/identity/sign-in", TrustsLoopback, "198.51.100.1, 203.0.113.7");

        arrival.Headers["X-Forwarded-For"].ShouldBe("203.0.113.7");
    }

    [Fact]
    public async Task Nor_does_the_word_of_one_who_is_not_named()
    {
        var arrival = await SendAsync(
            "/identity/sign-in", ["--ForwardedHeaders:KnownNetworks:0=10.0.0.0/8"], "203.0.113.7", "https");

        arrival.Headers["X-Forwarded-For"].ShouldBe("127.0.0.1");
        arrival.Headers["X-Forwarded-Proto"].ShouldBe("http");
    }

    private static async Task<Arrival> SendAsync(
        string target, string[] settings, string forwardedFor, string? forwardedProto = null)
    {
        await using var accounts = await Backend.StartAsync("accounts");
        await using var gateway = await RunningGateway.StartAsync([("accounts", accounts.Address)], settings);
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        if (forwardedProto is not null) request.Headers.Add("X-Forwarded-Proto", forwardedProto);
        (await gateway.Client.SendAsync(request)).EnsureSuccessStatusCode();
        return accounts.Arrivals.Single();
    }
}
