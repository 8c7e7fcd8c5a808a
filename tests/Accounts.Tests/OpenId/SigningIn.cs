using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Accounts.Members;
using EPerfect.Accounts.Staff;
using EPerfect.Testing;
using Marten;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace EPerfect.Accounts.Tests.OpenId;

public sealed class ProviderFixture(PostgresServer postgres) : IAsyncLifetime
{
    public Provider Provider { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Provider = await Provider.StartAsync(postgres);

    public ValueTask DisposeAsync() => Provider.DisposeAsync();
}

public sealed class SigningIn(ProviderFixture fixture) : IClassFixture<ProviderFixture>
{
    private readonly Provider provider = fixture.Provider;

    [Fact]
    public async Task The_provider_describes_itself_under_the_issuers_address()
    {
        var description = await provider.DiscoveryAsync();

        ((string)description["issuer"]!).ShouldBe(Provider.Issuer);
        ((string)description["authorization_endpoint"]!).ShouldBe($"{Provider.Issuer}connect/authorize");
        ((string)description["token_endpoint"]!).ShouldBe($"{Provider.Issuer}connect/token");
        ((string)description["jwks_uri"]!).ShouldBe($"{Provider.Issuer}.well-known/jwks");
        Strings(description["grant_types_supported"])
            .ShouldBe(["authorization_code", "refresh_token", "client_credentials"], ignoreOrder: true);
        Strings(description["response_types_supported"]).ShouldBe(["code"]);
        Strings(description["code_challenge_methods_supported"]).ShouldBe(["S256"]);
        ((bool)description["authorization_response_iss_parameter_supported"]!).ShouldBeTrue();
        description.ContainsKey("introspection_endpoint").ShouldBeFalse();
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_sent_to_sign_in_and_comes_back()
    {
        var flow = new CodeFlow(provider);
        var answer = await flow.AuthorizeAsync(cookie: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldStartWith("/identity/sign-in?returnUrl=");
        var back = QueryHelpers.ParseQuery(answer.Headers.Location.OriginalString.Split('?')[1])["returnUrl"].ToString();
        var cookie = await provider.SessionOfAsync(await provider.NewLoginAsync());
        var request = new HttpRequestMessage(HttpMethod.Get, back);
        request.Headers.Add("Cookie", cookie);
        CodeFlow.Sent(await provider.Http.SendAsync(request)).ShouldContainKey("code");
    }

    [Fact]
    public async Task A_code_comes_with_the_state_and_with_who_issued_it()
    {
        var sent = CodeFlow.Sent(await new CodeFlow(provider).AuthorizeAsync(await NewSessionAsync()));

        sent["state"].ShouldBe("state-1");
        sent["iss"].ShouldBe(Provider.Issuer);
    }

    [Fact]
    public async Task An_access_token_says_what_was_agreed_and_no_more()
    {
        var login = await provider.NewLoginAsync();
        var account = Guid.CreateVersion7();
        await StoreAsync(Membership.Of(login, account, "owner"));
        var tokens = await new CodeFlow(provider).TokensAsync(await provider.SessionOfAsync(login));

        var read = await provider.ValidateAsync((string)tokens["access_token"]!);
        read.IsValid.ShouldBeTrue(read.Exception?.Message);
        var token = (JsonWebToken)read.SecurityToken;
        token.Alg.ShouldBe("RS256");
        token.Subject.ShouldBe(login.ToString("D"));
        token.Audiences.ShouldBe(["accounts", "orders"], ignoreOrder: true);
        token.GetClaim("client_id").Value.ShouldBe(Provider.Client);
        token.GetClaim("scope").Value.Split(' ')
            .ShouldBe(["openid", "offline_access", "accounts:read", "accounts:write", "orders:read"], ignoreOrder: true);
        token.Id.ShouldNotBeNullOrEmpty();
        (token.ValidTo - token.IssuedAt).ShouldBe(TimeSpan.FromMinutes(10));
        var payload = Payload(token);
        Strings(payload["accounts"]).ShouldBe([$"{account:D}:owner"]);
        payload.ContainsKey("staff").ShouldBeFalse();
        payload.Select(claim => claim.Key).Where(name => !name.StartsWith("oi_", StringComparison.Ordinal))
            .ShouldBe(
                ["iss", "sub", "aud", "exp", "iat", "jti", "client_id", "scope", "accounts", "auth_time", "amr"],
                ignoreOrder: true);
    }

    [Theory]
    [InlineData("pwd", false)]
    [InlineData("mfa", true)]
    [InlineData("hwk", true)]
    public async Task Staff_is_staff_only_with_a_second_factor(string method, bool staff)
    {
        var login = await provider.NewLoginAsync();
        await using (var session = provider.Running.Services.GetRequiredService<IDocumentStore>().LightweightSession())
        {
            session.Events.StartStream<StaffMember>(login, new StaffAppointed(login, ["support", "legal"], Given.Now));
            await session.SaveChangesAsync();
        }

        var tokens = await new CodeFlow(provider).TokensAsync(await provider.SessionOfAsync(login, method));
        var first = Payload(new JsonWebToken((string)tokens["access_token"]!));
        var refreshed = await new CodeFlow(provider).RefreshedAsync((string)tokens["refresh_token"]!);

        foreach (var payload in (JsonObject[])[first, Payload(new JsonWebToken((string)refreshed["access_token"]!))])
            Strings(payload["staff"]).ShouldBe(staff ? ["legal", "support"] : []);
    }

    [Fact]
    public async Task An_identity_token_says_who_and_how_but_not_for_the_services()
    {
        var login = await provider.NewLoginAsync();
        var tokens = await new CodeFlow(provider).TokensAsync(await provider.SessionOfAsync(login, "mfa"));

        var token = new JsonWebToken((string)tokens["id_token"]!);
        token.Subject.ShouldBe(login.ToString("D"));
        token.Audiences.ShouldBe([Provider.Client]);
        token.GetClaim("nonce").Value.ShouldBe("nonce-1");
        Strings(Payload(token)["amr"]).ShouldBe(["mfa"]);
        Payload(token)["auth_time"]!.GetValueKind().ShouldBe(System.Text.Json.JsonValueKind.Number);
        (await provider.ValidateAsync(token.EncodedToken)).IsValid.ShouldBeFalse();
    }

    [Fact]
    public async Task Userinfo_knows_the_person_by_the_access_token()
    {
        var login = await provider.NewLoginAsync();
        var tokens = await new CodeFlow(provider).TokensAsync(await provider.SessionOfAsync(login));
        var request = new HttpRequestMessage(HttpMethod.Get, "/connect/userinfo");
        request.Headers.Authorization = new("Bearer", (string)tokens["access_token"]!);

        ((string)(await (await provider.Http.SendAsync(request)).JsonAsync())["sub"]!).ShouldBe(login.ToString("D"));
        (await provider.Http.GetAsync("/connect/userinfo")).StatusCode.ShouldBeOneOf(
            HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Without_a_session_and_without_a_question_the_answer_is_login_required() =>
        CodeFlow.Sent(await new CodeFlow(provider).AuthorizeAsync(cookie: null, ("prompt", "none")))["error"]
            .ShouldBe("login_required");

    [Theory]
    [InlineData("prompt", "login")]
    [InlineData("max_age", "0")]
    public async Task Who_shall_sign_in_again_does_so_once(string name, string value)
    {
        var answer = await new CodeFlow(provider).AuthorizeAsync(await NewSessionAsync(), (name, value));

        answer.Headers.Location!.OriginalString.ShouldStartWith("/identity/sign-in?returnUrl=");
        WebUtility.UrlDecode(answer.Headers.Location.OriginalString).ShouldNotContain(name + "=");
    }

    [Fact]
    public async Task A_password_that_someone_else_knows_gives_no_token()
    {
        var login = await provider.NewLoginAsync();
        await provider.WithLoginAsync(login, async (users, known) =>
        {
            known.MustChangePassword = true;
            await users.UpdateAsync(known);
        });

        var answer = await new CodeFlow(provider).AuthorizeAsync(await provider.SessionOfAsync(login));
        answer.Headers.Location!.OriginalString.ShouldStartWith("/identity/change-password?returnUrl=");
        CodeFlow.Sent(await new CodeFlow(provider).AuthorizeAsync(
            await provider.SessionOfAsync(login), ("prompt", "none")))["error"].ShouldBe("interaction_required");
    }

    [Fact]
    public async Task Signing_out_asks_first_unless_a_client_of_the_sign_in_sent_the_browser()
    {
        var cookie = await NewSessionAsync();
        var tokens = await new CodeFlow(provider).TokensAsync(cookie);

        var strange = await SignOutAsync(cookie, "");
        strange.Headers.Location!.OriginalString.ShouldBe("/identity/sign-out");
        var own = await SignOutAsync(
            cookie,
            $"?id_token_hint={(string)tokens["id_token"]!}"
            + "&post_logout_redirect_uri=https%3A%2F%2Fapp.eperfect.example%2F&state=s");
        own.Headers.Location!.OriginalString.ShouldStartWith("https://app.eperfect.example/?state=s");
        own.Headers.GetValues("Set-Cookie")
            .ShouldContain(set => set.StartsWith("__Host-eperfect.session=;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_elses_token_signs_nobody_out()
    {
        var cookie = await NewSessionAsync();
        var foreign = await new CodeFlow(provider).TokensAsync(await NewSessionAsync());

        var answer = await SignOutAsync(cookie, $"?id_token_hint={(string)foreign["id_token"]!}");

        answer.Headers.Location!.OriginalString.ShouldBe("/identity/sign-out");
        await new CodeFlow(provider).CodeAsync(cookie);
    }

    [Fact]
    public async Task Signed_out_by_a_client_is_signed_out_for_who_copied_the_cookie()
    {
        var cookie = await NewSessionAsync();
        var tokens = await new CodeFlow(provider).TokensAsync(cookie);
        await SignOutAsync(cookie, $"?id_token_hint={(string)tokens["id_token"]!}");

        (await new CodeFlow(provider).AuthorizeAsync(cookie)).Headers.Location!.OriginalString
            .ShouldStartWith("/identity/sign-in");
    }

    [Fact]
    public async Task A_browser_is_not_sent_to_an_address_that_is_not_registered_for_signing_out()
    {
        var cookie = await NewSessionAsync();
        var tokens = await new CodeFlow(provider).TokensAsync(cookie);

        var answer = await SignOutAsync(
            cookie,
            $"?id_token_hint={(string)tokens["id_token"]!}&post_logout_redirect_uri=https%3A%2F%2Fevil.example%2F");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<string> NewSessionAsync() => await provider.SessionOfAsync(await provider.NewLoginAsync());

    private Task<HttpResponseMessage> SignOutAsync(string cookie, string query)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/connect/endsession" + query);
        request.Headers.Add("Cookie", cookie);
        return provider.Http.SendAsync(request);
    }

    private async Task StoreAsync(Membership membership)
    {
        await using var session = provider.Running.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        session.Store(membership);
        await session.SaveChangesAsync();
    }

    private static JsonObject Payload(JsonWebToken token) =>
        JsonNode.Parse(Base64UrlText(token.EncodedPayload))!.AsObject();

    private static string Base64UrlText(string text) =>
        System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(text));

    private static string[] Strings(JsonNode? node) => node is null ? [] : [.. node.AsArray().Select(one => (string)one!)];
}
