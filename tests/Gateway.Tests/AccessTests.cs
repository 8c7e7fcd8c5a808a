using EPerfect.Testing;

namespace EPerfect.Gateway.Tests;

/// <summary>Who gets through the door. What a token opens behind it is for the services to say.</summary>
public sealed class AccessTests
{
    [Theory]
    [InlineData("accounts", "/api/accounts/1")]
    [InlineData("orders", "/api/orders")]
    [InlineData("orders", "/api/orders/1")]
    [InlineData("domains", "/api/domains/example.com")]
    [InlineData("privacy", "/api/privacy/people/1/consents")]
    [InlineData("operations", "/api/operations/orders/1/story")]
    public async Task Without_a_token_nobody_gets_to_what_belongs_to_somebody(string service, string target)
    {
        await using var backend = await Backend.StartAsync(service);
        await using var gateway = await RunningGateway.StartAsync(service, backend);

        var answer = await gateway.Stranger.GetAsync(target);

        await answer.ShouldBeProblemAsync(401, "unauthenticated");
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        backend.Arrivals.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("orders", "/api/orders/catalogue")]
    [InlineData("orders", "/api/orders/catalogue/1")]
    [InlineData("domains", "/api/domains/availability?name=example.com")]
    [InlineData("domains", "/rdap/domain/example.com")]
    [InlineData("privacy", "/api/privacy/documents")]
    [InlineData("privacy", "/api/privacy/documents/privacy-policy/current")]
    [InlineData("privacy", "/api/privacy/policy-sets/current")]
    [InlineData("accounts", "/.well-known/openid-configuration")]
    [InlineData("accounts", "/connect/authorize")]
    [InlineData("accounts", "/identity/sign-in")]
    [InlineData("accounts", "/openapi/accounts.json")]
    public async Task What_is_for_everybody_needs_none(string service, string target)
    {
        await using var backend = await Backend.StartAsync(service);
        await using var gateway = await RunningGateway.StartAsync(service, backend);

        (await gateway.Stranger.GetStringAsync(target)).ShouldBe(service);
    }

    [Theory]
    [InlineData("/api/orders/catalogue")]
    [InlineData("/api/domains/availability")]
    [InlineData("/api/privacy/documents")]
    public async Task What_may_be_read_by_everybody_may_not_be_written_by_everybody(string target)
    {
        await using var gateway = await RunningGateway.StartAsync();

        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete })
        {
            using var request = new HttpRequestMessage(method, target);
            await (await gateway.Stranger.SendAsync(request)).ShouldBeProblemAsync(401, "unauthenticated");
        }
    }

    [Theory]
    [InlineData("/api/orders/1")]
    [InlineData("/api/orders/catalogue")]
    public async Task Whoever_has_a_valid_token_gets_through(string target)
    {
        await using var backend = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync("orders", backend);

        (await gateway.Client.GetStringAsync(target)).ShouldBe("orders");
    }

    /// <summary>OWASP ASVS 9.1 and 9.2.</summary>
    public static TheoryData<string, Func<TestIssuer, string>> BadTokens => new()
    {
        { "expired", issuer => issuer.Token(expires: TimeSpan.FromMinutes(-1)) },
        { "not yet valid", issuer => issuer.Token(claims: claims => claims["nbf"] = (long)claims["exp"]! - 60) },
        { "without an end", issuer => issuer.Token(claims: claims => claims.Remove("exp")) },
        { "for another audience", issuer => issuer.Token(audiences: ["payroll"]) },
        { "for no audience", issuer => issuer.Token(claims: claims => claims.Remove("aud")) },
        { "of another issuer", issuer => issuer.Token(claims: claims => claims["iss"] = "https://evil.example/") },
        { "an identity token", issuer => issuer.Token(header: header => header["typ"] = "JWT") },
        { "of no type", issuer => issuer.Token(header: header => header.Remove("typ")) },
        { "signed by another key", issuer => issuer.Token(signedBy: SigningKey.Create()) },
        { "not signed", issuer => SigningKey.Unsigned(issuer.Token()) },
        { "signed with the public key as a secret", issuer => issuer.Key.SignedWithPublicKey(issuer.Token()) },
        { "changed", issuer => Changed(issuer.Token()) },
        { "no token at all", _ => "abc" },
        { "empty", _ => "" },
    };

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task A_bad_token_is_refused_on_public_addresses_too(string what, Func<TestIssuer, string> make)
    {
        await using var backend = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync("orders", backend);
        var token = make(gateway.Issuer);

        foreach (var target in new[] { "/api/orders/1", "/api/orders/catalogue", "/problems" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, target);
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            var answer = await gateway.Stranger.SendAsync(request);

            if (token.Length == 0 && target != "/api/orders/1") continue;
            await answer.ShouldBeProblemAsync(401, "unauthenticated");
            answer.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer", Case.Sensitive, what);
            if (token.Length > 0) answer.Headers.WwwAuthenticate.ToString().ShouldContain("error=\"invalid_token\"");
        }

        backend.Arrivals.ShouldAllBe(arrival => token.Length == 0 && arrival.Target == "/api/orders/catalogue");
        gateway.Log.Lines.ShouldNotContain(line => token.Length > 3 && line.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_tokens_are_no_token()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/orders/1");
        string[] both = [$"Bearer {gateway.Issuer.Token()}", $"Bearer {gateway.Issuer.Token()}"];
        request.Headers.TryAddWithoutValidation("Authorization", both);

        await (await gateway.Stranger.SendAsync(request)).ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task A_token_in_the_address_is_no_token()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var answer = await gateway.Stranger.GetAsync($"/api/orders/1?access_token={gateway.Issuer.Token()}");

        await answer.ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData("/connect/userinfo", "Bearer not-ours-to-judge")]
    [InlineData("/connect/token", "Basic Y2xpZW50OnNlY3JldA==")]
    [InlineData("/identity/security", "Bearer not-ours-to-judge")]
    public async Task What_is_sent_to_the_provider_the_provider_judges(string target, string authorization)
    {
        await using var backend = await Backend.StartAsync("accounts");
        await using var gateway = await RunningGateway.StartAsync("accounts", backend);
        using var request = new HttpRequestMessage(HttpMethod.Post, target);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        (await gateway.Stranger.SendAsync(request)).EnsureSuccessStatusCode();

        backend.Arrivals.ShouldHaveSingleItem().Headers["Authorization"].ShouldBe(authorization);
    }

    [Fact]
    public async Task A_route_that_does_not_say_who_may_use_it_ends_the_start()
    {
        string[] silent =
        [
            "--ReverseProxy:Routes:forgotten:ClusterId=orders", "--ReverseProxy:Routes:forgotten:Match:Path=/forgotten",
        ];

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => RunningGateway.StartAsync([], silent));

        failure.Message.ShouldContain("forgotten");
    }

    private static string Changed(string token)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{parts[1][..^4]}AAAA.{parts[2]}";
    }
}
