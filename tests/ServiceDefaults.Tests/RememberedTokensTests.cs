using System.Diagnostics;
using EPerfect.Testing;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>What is remembered of a token never outlives the token or the keys.</summary>
public sealed class RememberedTokensTests : IAsyncLifetime
{
    private readonly RememberedTokens tokens = new();
    private TestIssuer issuer = null!;
    private TokenValidationParameters parameters = null!;

    public async ValueTask InitializeAsync()
    {
        issuer = await TestIssuer.StartAsync();
        parameters = new TokenValidationParameters
        {
            ValidIssuer = issuer.Issuer,
            ValidAudience = "orders",
            ClockSkew = TimeSpan.Zero,
            ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                $"{issuer.Issuer}.well-known/openid-configuration",
                new OpenIdConnectConfigurationRetriever(),
                new HttpDocumentRetriever { RequireHttps = false })
            {
                RefreshInterval = TimeSpan.FromSeconds(1),
                UseLastKnownGoodConfiguration = false,
            },
        };
    }

    public ValueTask DisposeAsync() => issuer.DisposeAsync();

    [Fact]
    public async Task A_token_is_judged_once()
    {
        var token = issuer.Token();

        var first = await JudgeAsync(token);

        first.IsValid.ShouldBeTrue();
        (await JudgeAsync(token)).ShouldBeSameAs(first);
    }

    [Fact]
    public async Task A_remembered_token_ends_when_it_ends()
    {
        await JudgeAsync(issuer.Token()); // the keys are here before the token is made that lasts so short
        var token = issuer.Token(expires: TimeSpan.FromSeconds(3));
        (await JudgeAsync(token)).IsValid.ShouldBeTrue();

        await Until.TrueAsync(async () => !(await JudgeAsync(token)).IsValid, "it ended", TimeSpan.FromSeconds(10));

        (await JudgeAsync(token)).Exception.ShouldBeOfType<SecurityTokenExpiredException>();
    }

    [Fact]
    public async Task A_remembered_token_of_a_key_that_was_withdrawn_counts_for_nothing()
    {
        var token = issuer.Token();
        (await JudgeAsync(token)).IsValid.ShouldBeTrue();
        issuer.Rotate();
        issuer.ForgetOldKeys();

        parameters.ConfigurationManager!.RequestRefresh();

        await Until.TrueAsync(async () => !(await JudgeAsync(token)).IsValid, "the key is forgotten");
    }

    [Fact]
    public async Task One_that_differs_in_a_letter_is_another()
    {
        var token = issuer.Token();
        (await JudgeAsync(token)).IsValid.ShouldBeTrue();

        (await JudgeAsync(token[..^1] + (token[^1] == 'A' ? 'Q' : 'A'))).IsValid.ShouldBeFalse();
        (await JudgeAsync(SigningKey.Unsigned(token))).IsValid.ShouldBeFalse();
    }

    [Fact]
    public async Task Remembering_is_many_times_faster_than_judging()
    {
        var token = issuer.Token();
        await JudgeAsync(token);

        var remembered = await TimeAsync(() => JudgeAsync(token));
        var judged = await TimeAsync(() => new RememberedTokens().ValidateTokenAsync(token, parameters));

        (judged / remembered).ShouldBeGreaterThan(3);
    }

    private Task<TokenValidationResult> JudgeAsync(string token) => tokens.ValidateTokenAsync(token, parameters);

    /// <summary>The fastest of several: other work on the machine only adds.</summary>
    private static async Task<TimeSpan> TimeAsync(Func<Task> act)
    {
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < 50; i++) await act();
            var took = Stopwatch.GetElapsedTime(start);
            if (took < best) best = took;
        }

        return best;
    }
}
