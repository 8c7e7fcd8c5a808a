using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Accounts.Tests.OpenId;
using EPerfect.Accounts.Tests.Slices;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.Abstractions;

namespace EPerfect.Accounts.Tests.ApiClients;

/// <summary>An owner lets a program in: named, scoped, its secret shown once.</summary>
public sealed class LettingProgramsIn(ProviderFixture fixture) : IClassFixture<ProviderFixture>
{
    private readonly Provider provider = fixture.Provider;
    private Guid owner;

    [Fact]
    public async Task A_program_gets_a_token_for_its_account_and_its_scopes()
    {
        var (account, path) = await OpenAsync();
        var (id, secret) = await CreatedAsync(account, path);

        var answer = await (await TokenAsync(id, secret)).JsonAsync();
        var read = await provider.ValidateAsync((string)answer["access_token"]!);
        read.IsValid.ShouldBeTrue(read.Exception?.Message);
        var token = (JsonWebToken)read.SecurityToken;
        token.Subject.ShouldBe(id);
        token.GetClaim("client_id").Value.ShouldBe(id);
        token.Claims.Where(claim => claim.Type == "accounts").Select(claim => claim.Value).ShouldBe([$"{account:D}:client"]);
        token.Audiences.ShouldBe(["orders", "domains"], ignoreOrder: true);
        token.GetClaim("scope").Value.Split(' ').ShouldBe(["orders:read", "domains:read"], ignoreOrder: true);
        answer.ContainsKey("refresh_token").ShouldBeFalse();
    }

    [Fact]
    public async Task It_may_ask_for_less_but_not_for_more()
    {
        var (account, path) = await OpenAsync();
        var (id, secret) = await CreatedAsync(account, path);

        var less = await (await TokenAsync(id, secret, ("scope", "orders:read"))).JsonAsync();
        new JsonWebToken((string)less["access_token"]!).Audiences.ShouldBe(["orders"]);
        (await TokenAsync(id, secret, ("scope", "orders:write"))).IsSuccessStatusCode.ShouldBeFalse();
        (await CodeFlow.ErrorAsync(await TokenAsync(id, "another secret"))).ShouldBe("invalid_client");
    }

    [Fact]
    public async Task A_secret_is_shown_once()
    {
        var (account, path) = await OpenAsync();
        await CreatedAsync(account, path, key: "once");

        var again = await CreateAsync(account, path, key: "once");
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await again.ProblemCodeAsync()).ShouldBe("secret-already-shown");
        (await (await CreateAsync(account, path, key: "once", name: "other")).ProblemCodeAsync())
            .ShouldBe("idempotency-key-reused");
        (await ListAsync(account, path)).Count.ShouldBe(1);
    }

    /// <summary>Or its owner hears of a secret that nobody was shown, and gives the program up.</summary>
    [Fact]
    public async Task Given_a_server_that_takes_no_rows_Then_no_secret_is_said_to_be_shown_and_a_repeat_gets_it()
    {
        var (account, path) = await OpenAsync();
        await using (await ReadOnlyTable.BeginAsync(provider.Running.Database.Admin, "identity.clients"))
            (await CreateAsync(account, path, key: "away")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        (await CreatedAsync(account, path, key: "away")).Secret.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Who_was_cut_off_between_the_event_and_the_secret_asks_again()
    {
        var (account, path) = await OpenAsync();
        var (id, _) = await CreatedAsync(account, path, key: "cut-off");
        // As if the process had died after the event was stored.
        await using (var scope = provider.Running.Services.CreateAsyncScope())
        {
            var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
            await applications.DeleteAsync((await applications.FindByClientIdAsync(id))!);
        }

        var (same, secret) = await CreatedAsync(account, path, key: "cut-off");
        same.ShouldBe(id);
        (await TokenAsync(id, secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ListAsync(account, path)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_revoked_program_gets_nothing_also_not_by_repeating_its_creation()
    {
        var (account, path) = await OpenAsync();
        var (id, secret) = await CreatedAsync(account, path, key: "revoked");
        (await Owner(account).DeleteAsync($"{path}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await CodeFlow.ErrorAsync(await TokenAsync(id, secret))).ShouldBe("invalid_client");
        (await CreateAsync(account, path, key: "revoked")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Owner(account).DeleteAsync($"{path}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ListAsync(account, path)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_program_that_has_expired_gets_nothing()
    {
        var (account, path) = await OpenAsync();
        var (id, secret) = await CreatedAsync(account, path, expires: TimeProvider.System.GetUtcNow().AddSeconds(2));

        await Until.TrueAsync(async () => !(await TokenAsync(id, secret)).IsSuccessStatusCode, "the program expires");
        (await CodeFlow.ErrorAsync(await TokenAsync(id, secret))).ShouldBe("invalid_client");
    }

    [Fact]
    public async Task The_list_tells_when_it_was_used_and_never_the_secret()
    {
        var (account, path) = await OpenAsync();
        var (id, secret) = await CreatedAsync(account, path);
        (await ListAsync(account, path))[0]!["lastUsedAt"].ShouldBeNull();
        await TokenAsync(id, secret);

        var listed = (await ListAsync(account, path)).Single()!;
        listed["lastUsedAt"].ShouldNotBeNull();
        ((string)listed["name"]!).ShouldBe("nightly canary");
        listed.ToJsonString().ShouldNotContain(secret);
    }

    [Fact]
    public async Task Neither_secret_nor_name_rests_in_clear()
    {
        var (account, path) = await OpenAsync();
        var (_, secret) = await CreatedAsync(account, path);
        var clients = await AskAsync("select string_agg(c::text, ' ') from identity.clients c");
        var events = await AskAsync("select string_agg(e.data::text, ' ') from store.mt_events e");

        foreach (var text in (string[])[clients, events, .. provider.Running.Log.Lines])
        {
            text.ShouldNotContain(secret);
            text.ShouldNotContain("nightly canary");
        }
    }

    [Theory]
    [InlineData("", "orders:read", "text-invalid")]
    [InlineData("x", "partner:feed", "client-scope-unknown")]
    [InlineData("x", "everything", "client-scope-unknown")]
    [InlineData("x", "openid", "client-scope-unknown")]
    [InlineData("x", null, "client-scope-unknown")]
    public async Task A_program_has_a_name_and_scopes_that_there_are(string name, string? scope, string code)
    {
        var (account, path) = await OpenAsync();
        var answer = await CreateAsync(account, path, name: name, scopes: scope is null ? [] : [scope]);

        ((int)answer.StatusCode).ShouldBe(422);
        (await answer.ProblemCodeAsync()).ShouldBe(code);
    }

    [Theory]
    [InlineData("billing")]
    [InlineData("technical")]
    [InlineData("client")]
    public async Task Only_an_owner_lets_programs_in(string role)
    {
        var (account, path) = await OpenAsync();
        var client = provider.Running.As(provider.Running.Issuer.Token(
            Guid.NewGuid().ToString("D"), [$"{account:D}:{role}"]));
        var answer = await client.PostWithKeyAsync(path, new { name = "x", scopes = new[] { "orders:read" } });

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private HttpClient Owner(Guid account) => provider.Running.As(
        provider.Running.Issuer.Token(owner.ToString("D"), [$"{account:D}:owner"]));

    private async Task<(Guid Account, string Path)> OpenAsync()
    {
        var email = AccountsService.NewEmail();
        owner = await provider.Running.LoginAsync(email);
        var answer = await provider.Running.OpenAsync(AccountsService.Body(email));
        var path = answer.Headers.Location!.OriginalString;
        return (AccountsService.IdOf(path), $"{path}/clients");
    }

    private Task<HttpResponseMessage> CreateAsync(
        Guid account, string path, string? key = null, string name = "nightly canary", string[]? scopes = null,
        DateTimeOffset? expires = null)
    {
        var body = new JsonObject
        {
            ["name"] = name,
            ["scopes"] = new JsonArray([.. (scopes ?? ["orders:read", "domains:read"]).Select(one => JsonValue.Create(one))]),
        };
        if (expires is { } end) body["expiresAt"] = end;
        return Owner(account).PostWithKeyAsync(path, body, key);
    }

    private async Task<(string Id, string Secret)> CreatedAsync(
        Guid account, string path, string? key = null, DateTimeOffset? expires = null)
    {
        var answer = await CreateAsync(account, path, key, expires: expires);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var body = await answer.JsonAsync();
        return ((string)body["clientId"]!, (string)body["clientSecret"]!);
    }

    private async Task<JsonArray> ListAsync(Guid account, string path) =>
        JsonNode.Parse(await Owner(account).GetStringAsync(path))!.AsArray();

    private Task<HttpResponseMessage> TokenAsync(string id, string secret, params (string Name, string Value)[] more) =>
        provider.PostAsync(
            "/connect/token",
            [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret), .. more]);

    private async Task<string> AskAsync(string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(provider.Running.Database.Admin);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
