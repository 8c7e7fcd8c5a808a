using System.Net;
using EPerfect.Accounts.OpenId;
using EPerfect.Accounts.PartnerClients;
using EPerfect.Accounts.Tests.OpenId;
using EPerfect.Accounts.Tests.Staff;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace EPerfect.Accounts.Tests.PartnerClients;

/// <summary>A partner's program signs in, for its feed and nothing else; the partner replaces its secret itself.</summary>
public sealed class LettingPartnersIn(ProviderFixture fixture) : IClassFixture<ProviderFixture>, IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly Guid Operating = new("0190f3a0-0000-7000-8000-000000000abe");
    private readonly Provider provider = fixture.Provider;

    public async ValueTask InitializeAsync() => await provider.Running.AppointAsync(Operating, "operator");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Its_token_names_the_partner_and_no_account()
    {
        var partner = Guid.CreateVersion7();
        var (id, secret) = await CreatedAsync(partner);

        var answer = await (await TokenAsync(id, secret)).JsonAsync();
        var read = await provider.ValidateAsync((string)answer["access_token"]!);

        read.IsValid.ShouldBeTrue(read.Exception?.Message);
        var token = (JsonWebToken)read.SecurityToken;
        token.GetClaim("partner").Value.ShouldBe(partner.ToString("D"));
        token.GetClaim("scope").Value.ShouldBe("partner:feed");
        token.Audiences.ShouldBe(["accounts", "privacy"], ignoreOrder: true);
        token.Claims.ShouldNotContain(claim => claim.Type == "accounts" || claim.Type == "staff");
    }

    [Fact]
    public async Task It_gets_no_other_scope()
    {
        var (id, secret) = await CreatedAsync(Guid.CreateVersion7());

        (await TokenAsync(id, secret, ("scope", "orders:read"))).IsSuccessStatusCode.ShouldBeFalse();
        (await CodeFlow.ErrorAsync(await TokenAsync(id, "another secret"))).ShouldBe("invalid_client");
    }

    [Fact]
    public async Task Rotated_by_the_partner_both_secrets_are_good_and_rotated_again_the_first_is_not()
    {
        var partner = Guid.CreateVersion7();
        var (id, first) = await CreatedAsync(partner);

        var second = await RotatedAsync(partner, id);
        (await TokenAsync(id, first)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await TokenAsync(id, second)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var third = await RotatedAsync(partner, id);
        (await CodeFlow.ErrorAsync(await TokenAsync(id, first))).ShouldBe("invalid_client");
        (await TokenAsync(id, second)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await TokenAsync(id, third)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task When_the_overlap_is_over_the_old_secret_is_not_good_any_more()
    {
        var (id, first) = await CreatedAsync(Guid.CreateVersion7());
        await using var scope = provider.Running.Services.CreateAsyncScope();
        var secrets = scope.ServiceProvider.GetRequiredService<ClientSecretsWithOverlap>();

        (await secrets.RotateAsync(
            Guid.Parse(id), "the next one", Guid.CreateVersion7(), TimeProvider.System.GetUtcNow(), Token)).ShouldBeTrue();

        (await CodeFlow.ErrorAsync(await TokenAsync(id, first))).ShouldBe("invalid_client");
        (await TokenAsync(id, "the next one")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_rotation_that_is_repeated_shows_no_secret_and_replaces_none()
    {
        var partner = Guid.CreateVersion7();
        var (id, first) = await CreatedAsync(partner);
        using var program = Partner(partner);
        var path = $"{Path(partner)}/{id}/secret";
        var rotated = await program.PostWithKeyAsync(path, new { }, $"twice{partner:N}");
        var second = (string)(await rotated.JsonAsync())["clientSecret"]!;

        var again = await program.PostWithKeyAsync(path, new { }, $"twice{partner:N}");

        (await again.ProblemCodeAsync()).ShouldBe("secret-already-shown");
        (await TokenAsync(id, first)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await TokenAsync(id, second)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_server_that_takes_no_rows_Then_no_secret_is_said_to_be_shown_and_a_repeat_gets_it()
    {
        var partner = Guid.CreateVersion7();
        using var staff = Operator();
        await using (await ReadOnlyTable.BeginAsync(provider.Running.Database.Admin, "identity.clients"))
        {
            (await staff.PostWithKeyAsync(Path(partner), new { }, $"away{partner:N}")).StatusCode
                .ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        (await CreatedAsync(partner, key: "away")).Secret.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Who_was_cut_off_between_the_event_and_the_secret_asks_again()
    {
        var partner = Guid.CreateVersion7();
        using var staff = Operator();
        var (id, _) = await CreatedAsync(partner, key: "cut-off");
        // As if the process had died after the event was stored.
        await using (var scope = provider.Running.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<PartnerClientSecrets>().DestroyAsync(Guid.Parse(id), Token);

        var (same, secret) = await CreatedAsync(partner, key: "cut-off");

        same.ShouldBe(id);
        (await TokenAsync(id, secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await staff.PostWithKeyAsync(Path(partner), new { }, $"cut-off{partner:N}")).ProblemCodeAsync())
            .ShouldBe("secret-already-shown");
    }

    [Fact]
    public async Task Another_partners_program_is_answered_like_none()
    {
        var partner = Guid.CreateVersion7();
        var (id, _) = await CreatedAsync(partner);
        var other = Guid.CreateVersion7();
        using var program = Partner(other);

        (await program.PostWithKeyAsync($"{Path(partner)}/{id}/secret", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await program.PostWithKeyAsync($"{Path(other)}/{id}/secret", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await program.GetAsync(Path(partner), Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await program.PostWithKeyAsync(Path(other), new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Revoked_it_gets_no_token_and_no_new_secret()
    {
        var partner = Guid.CreateVersion7();
        var (id, secret) = await CreatedAsync(partner, key: "revoked");
        using var staff = Operator();
        (await staff.DeleteAsync($"{Path(partner)}/{id}", Token)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await CodeFlow.ErrorAsync(await TokenAsync(id, secret))).ShouldBe("invalid_client");
        (await staff.PostWithKeyAsync(Path(partner), new { }, $"revoked{partner:N}")).StatusCode
            .ShouldBe(HttpStatusCode.Conflict);
        (await staff.PostWithKeyAsync($"{Path(partner)}/{id}/secret", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>A secret would be a way back in that no dismissal ends.</summary>
    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "")]
    [InlineData("POST", "/{client}/secret")]
    [InlineData("DELETE", "/{client}")]
    public async Task Given_a_dismissed_operator_When_the_old_token_is_used_Then_it_gives_no_secret_and_ends_no_program(
        string method, string what)
    {
        var (partner, dismissed) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (id, secret) = await CreatedAsync(partner);
        await provider.Running.AppointAsync(dismissed, "operator");
        await provider.Running.AppointAsync(dismissed);
        using var client = Operator(dismissed);
        var path = Path(partner) + what.Replace("{client}", id);

        var answer = method switch
        {
            "GET" => await client.GetAsync(path, Token),
            "POST" => await client.PostWithKeyAsync(path, new { }),
            _ => await client.DeleteAsync(path, Token),
        };

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await TokenAsync(id, secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_revoked_program_When_its_old_token_is_used_Then_it_gets_no_other_programs_secret()
    {
        var partner = Guid.CreateVersion7();
        var ((revoked, _), (other, secret)) = (await CreatedAsync(partner), await CreatedAsync(partner));
        using var program = Partner(partner, revoked);
        (await program.GetAsync(Path(partner), Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var staff = Operator();
        (await staff.DeleteAsync($"{Path(partner)}/{revoked}", Token)).EnsureSuccessStatusCode();

        (await program.PostWithKeyAsync($"{Path(partner)}/{other}/secret", new { })).StatusCode
            .ShouldBe(HttpStatusCode.Forbidden);
        (await program.GetAsync(Path(partner), Token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await TokenAsync(other, secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task No_secret_rests_in_clear()
    {
        var partner = Guid.CreateVersion7();
        var (id, first) = await CreatedAsync(partner);
        var second = await RotatedAsync(partner, id);

        foreach (var secret in (string[])[first, second])
            (await DatabaseText.TablesWithAsync(provider.Running.Database.Admin, secret, Token)).ShouldBeEmpty();
    }

    private static string Path(Guid partner) => $"/api/accounts/partners/{partner}/clients";

    private HttpClient Operator(Guid? who = null) => provider.Running.As(
        provider.Running.Issuer.Token((who ?? Operating).ToString("D"), staff: ["operator"]));

    private HttpClient Partner(Guid partner, string? program = null)
    {
        program ??= "0190f3a0-0000-7000-8000-000000000abf";
        return provider.Running.As(provider.Running.Issuer.Token(
            program, scopes: ["partner:feed"], client: program,
            claims: claims => claims["partner"] = partner.ToString("D")));
    }

    private async Task<(string Id, string Secret)> CreatedAsync(Guid partner, string? key = null)
    {
        using var staff = Operator();
        if (key is not null) key += partner.ToString("N");
        var answer = await staff.PostWithKeyAsync(Path(partner), new { }, key);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Token));
        var body = await answer.JsonAsync();
        return ((string)body["clientId"]!, (string)body["clientSecret"]!);
    }

    private async Task<string> RotatedAsync(Guid partner, string id)
    {
        using var program = Partner(partner);
        var answer = await program.PostWithKeyAsync($"{Path(partner)}/{id}/secret", new { });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));
        return (string)(await answer.JsonAsync())["clientSecret"]!;
    }

    private Task<HttpResponseMessage> TokenAsync(string id, string secret, params (string Name, string Value)[] more) =>
        provider.PostAsync(
            "/connect/token",
            [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret), .. more]);
}
