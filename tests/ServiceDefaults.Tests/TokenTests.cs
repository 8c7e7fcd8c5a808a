using System.Net;
using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>Which tokens count (OWASP ASVS 9.1, 9.2, 10.3.1; RFC 8725).</summary>
public sealed class TokenTests(PostgresServer postgres) : IAsyncLifetime
{
    private TestIssuer issuer = null!;
    private TestService service = null!;

    public async ValueTask InitializeAsync()
    {
        issuer = await TestIssuer.StartAsync();
        service = await TestService.StartAsync(Notes.Define(), postgres, issuer: issuer);
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_token_of_the_platform_counts() =>
        (await StatusAsync(issuer.Token())).ShouldBe(HttpStatusCode.OK);

    public static TheoryData<string> Worthless =>
    [
        "nonsense", "expired", "not yet valid", "without an end", "another audience", "another issuer", "another key",
        "unsigned", "signed with the public key", "an ID token", "without a type", "a key of its own in the header",
    ];

    [Theory]
    [MemberData(nameof(Worthless))]
    public async Task Any_other_token_counts_for_nothing(string kind)
    {
        var answer = await StatusAsync(kind switch
        {
            "expired" => issuer.Token(expires: TimeSpan.FromSeconds(-60)),
            "not yet valid" => issuer.Token(claims: c => c["nbf"] = DateTimeOffset.MaxValue.ToUnixTimeSeconds()),
            "without an end" => issuer.Token(claims: c => c.Remove("exp")),
            "another audience" => issuer.Token(audiences: ["domains"], scopes: ["orders:read"]),
            "another issuer" => issuer.Token(claims: c => c["iss"] = "https://elsewhere.example/"),
            "another key" => issuer.Token(signedBy: SigningKey.Create()),
            "unsigned" => SigningKey.Unsigned(issuer.Token()),
            "signed with the public key" => issuer.Key.SignedWithPublicKey(issuer.Token()),
            "an ID token" => issuer.Token(header: h => h["typ"] = "JWT"),
            "without a type" => issuer.Token(header: h => h.Remove("typ")),
            "a key of its own in the header" => issuer.Token(
                signedBy: SigningKey.Create(), header: h => h["jku"] = "https://elsewhere.example/jwks"),
            _ => kind,
        });

        answer.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_that_is_new_is_fetched_and_an_old_one_that_is_published_still_counts()
    {
        var old = issuer.Token();
        (await StatusAsync(old)).ShouldBe(HttpStatusCode.OK);

        issuer.Rotate();

        await Until.TrueAsync(async () => await StatusAsync(issuer.Token()) == HttpStatusCode.OK, "the new key is known");
        (await StatusAsync(old)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Keys_that_cannot_be_had_are_our_outage_and_not_the_clients_fault()
    {
        issuer.Answers = false;
        using var client = service.As(issuer.Token());

        var answer = await client.GetAsync("/api/notes/me");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        issuer.Answers = true;
        await Until.TrueAsync(async () => await StatusAsync(issuer.Token()) == HttpStatusCode.OK, "keys are had again");
    }

    [Fact]
    public async Task Keys_that_are_known_outlive_an_outage_of_the_provider()
    {
        (await StatusAsync(issuer.Token())).ShouldBe(HttpStatusCode.OK);

        issuer.Answers = false;

        (await StatusAsync(issuer.Token())).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var client = service.As(token);
        return (await client.GetAsync("/api/notes/me")).StatusCode;
    }
}
