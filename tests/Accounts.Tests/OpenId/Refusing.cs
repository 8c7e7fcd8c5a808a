using System.Net;
using System.Text;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.Accounts.Tests.OpenId;

/// <summary>Each wrong request gets the error that its RFC names: 6749, 7636, 9700.</summary>
public sealed class Refusing(ProviderFixture fixture) : IClassFixture<ProviderFixture>
{
    private readonly Provider provider = fixture.Provider;
    private readonly CodeFlow flow = new(fixture.Provider);

    [Theory]
    [InlineData(Provider.Redirect + "/more")]
    [InlineData(Provider.Redirect + "?more=1")]
    [InlineData(Provider.Redirect + "/")]
    [InlineData("https://app.eperfect.example:8443/callback")]
    [InlineData("https://app.eperfect.example/Callback")]
    [InlineData("http://app.eperfect.example/callback")]
    [InlineData("https://app.eperfect.example.evil.example/callback")]
    [InlineData("https://app.eperfect.example@evil.example/callback")]
    [InlineData("https://other.eperfect.example/callback")]
    [InlineData(Provider.Redirect + "#fragment")]
    [InlineData("/callback")]
    [InlineData(null)]
    public async Task A_browser_is_sent_nowhere_but_to_the_letter(string? redirect)
    {
        var answer = await flow.AuthorizeAsync(await NewSessionAsync(), ("redirect_uri", redirect));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Location.ShouldBeNull();
    }

    [Fact]
    public async Task An_unknown_client_is_not_redirected_to()
    {
        var answer = await flow.AuthorizeAsync(await NewSessionAsync(), ("client_id", "nobody"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Location.ShouldBeNull();
    }

    [Theory]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "id_token", "unsupported_response_type")]
    [InlineData("response_type", "code id_token", "unsupported_response_type")]
    [InlineData("scope", "openid everything", "invalid_scope")]
    [InlineData("scope", "openid partner:feed", "invalid_request")]
    [InlineData("max_age", "-1", "invalid_request")]
    [InlineData("max_age", "soon", "invalid_request")]
    [InlineData("max_age", "99999999999999999999", "invalid_request")]
    [InlineData("request", "eyJhbGciOiJub25lIn0.e30.", "request_not_supported")]
    [InlineData("request_uri", "https://evil.example/request", "request_uri_not_supported")]
    public async Task The_frontend_hears_what_was_wrong(string name, string? value, string error)
    {
        var sent = CodeFlow.Sent(await flow.AuthorizeAsync(await NewSessionAsync(), (name, value)));

        sent["error"].ShouldBe(error);
        sent["state"].ShouldBe("state-1");
        sent["iss"].ShouldBe(Provider.Issuer);
        sent.ShouldNotContainKey("code");
    }

    [Theory]
    [InlineData("999999999999")]
    [InlineData("9223372036854775807")]
    public async Task Who_asks_for_no_age_to_speak_of_gets_a_code_of_a_fresh_session(string age) =>
        CodeFlow.Sent(await flow.AuthorizeAsync(await NewSessionAsync(), ("max_age", age))).ShouldContainKey("code");

    [Theory]
    [InlineData("code_verifier", "not-the-verifier-that-it-began-with-0123456789", "invalid_grant")]
    [InlineData("code_verifier", null, "invalid_request")]
    [InlineData("redirect_uri", "https://app.eperfect.example/", "invalid_grant")]
    [InlineData("client_id", "other", "invalid_grant")]
    [InlineData("client_id", "nobody", "invalid_client")]
    [InlineData("client_id", null, "invalid_request")]
    [InlineData("code", "not-a-code", "invalid_grant")]
    [InlineData("code", null, "invalid_request")]
    [InlineData("grant_type", "password", "unsupported_grant_type")]
    [InlineData("grant_type", "urn:ietf:params:oauth:grant-type:device_code", "unsupported_grant_type")]
    [InlineData("grant_type", null, "invalid_request")]
    [InlineData("client_secret", "a public client has none", "invalid_client")]
    public async Task A_code_is_redeemed_by_who_began_with_what_was_begun(string name, string? value, string error)
    {
        var answer = await flow.RedeemAsync(await flow.CodeAsync(await NewSessionAsync()), (name, value));

        ((int)answer.StatusCode).ShouldBeInRange(400, 401);
        (await CodeFlow.ErrorAsync(answer)).ShouldBe(error);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task A_code_that_comes_twice_takes_back_what_it_gave()
    {
        var code = await flow.CodeAsync(await NewSessionAsync());
        var tokens = await (await flow.RedeemAsync(code)).JsonAsync();

        (await CodeFlow.ErrorAsync(await flow.RedeemAsync(code))).ShouldBe("invalid_grant");
        (await CodeFlow.ErrorAsync(await flow.RefreshAsync((string)tokens["refresh_token"]!))).ShouldBe("invalid_grant");
        var request = new HttpRequestMessage(HttpMethod.Get, "/connect/userinfo");
        request.Headers.Authorization = new("Bearer", (string)tokens["access_token"]!);
        (await provider.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_code_that_is_redeemed_ten_times_at_once_is_good_once_and_the_next_try_takes_back_what_it_gave()
    {
        var code = await flow.CodeAsync(await NewSessionAsync());
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => flow.RedeemAsync(code)));

        var given = answers.Where(answer => answer.IsSuccessStatusCode).ToArray();
        given.Length.ShouldBe(1, string.Join('\n', await Task.WhenAll(
            answers.Select(async answer => $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"))));
        (await CodeFlow.ErrorAsync(await flow.RedeemAsync(code))).ShouldBe("invalid_grant");
        foreach (var answer in given)
        {
            var token = (string)(await answer.JsonAsync())["refresh_token"]!;
            (await CodeFlow.ErrorAsync(await flow.RefreshAsync(token))).ShouldBe("invalid_grant");
        }
    }

    /// <summary>OpenIddict takes that for a lost race and says that the code was used, which it was not.</summary>
    [Fact]
    public async Task While_the_database_hangs_a_code_is_not_used_up_and_not_called_used()
    {
        var code = await flow.CodeAsync(await NewSessionAsync());
        await using var holder = new NpgsqlConnection(provider.Running.Database.Admin);
        await holder.OpenAsync();
        await using var holding = await holder.BeginTransactionAsync();
        await using var all = new NpgsqlCommand("select 1 from identity.tokens for update", holder, holding);
        await all.ExecuteNonQueryAsync();

        var hanging = await flow.RedeemAsync(code);
        await holding.RollbackAsync();

        hanging.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await flow.RedeemAsync(code)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await CodeFlow.ErrorAsync(await flow.RedeemAsync(code))).ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_program_without_a_secret_gets_nothing() =>
        (await CodeFlow.ErrorAsync(await provider.PostAsync(
            "/connect/token", ("grant_type", "client_credentials"), ("client_id", Provider.Client)))).ShouldBe("invalid_request");

    [Fact]
    public async Task A_frontend_without_offline_access_gets_no_refresh_token()
    {
        var tokens = await flow.TokensAsync(await NewSessionAsync(), ("scope", "openid accounts:read"));

        tokens.ContainsKey("refresh_token").ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_revoked_refreshes_nothing()
    {
        var tokens = await flow.TokensAsync(await NewSessionAsync());
        var token = (string)tokens["refresh_token"]!;

        (await provider.PostAsync("/connect/revocation", ("client_id", Provider.Client), ("token", token)))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        (await CodeFlow.ErrorAsync(await flow.RefreshAsync(token))).ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task Another_client_revokes_nothing_of_ours()
    {
        var token = (string)(await flow.TokensAsync(await NewSessionAsync()))["refresh_token"]!;

        await provider.PostAsync("/connect/revocation", ("client_id", "other"), ("token", token));
        await flow.RefreshedAsync(token);
    }

    [Theory]
    [InlineData("/connect/introspect")]
    [InlineData("/connect/device")]
    [InlineData("/connect/par")]
    public async Task What_is_not_offered_is_not_there(string path) =>
        (await provider.PostAsync(path, ("client_id", Provider.Client))).IsSuccessStatusCode.ShouldBeFalse();

    [Fact]
    public async Task Parameters_in_the_address_or_as_json_are_no_token_request()
    {
        var get = await provider.Http.GetAsync("/connect/token?grant_type=authorization_code&code=x&client_id=frontend");
        var json = await provider.Http.PostAsync(
            "/connect/token", new StringContent("{\"grant_type\":\"authorization_code\"}", Encoding.UTF8, "application/json"));

        (await CodeFlow.ErrorAsync(get)).ShouldBe("invalid_request");
        (await CodeFlow.ErrorAsync(json)).ShouldBe("invalid_request");
    }

    [Fact]
    public async Task No_other_site_reads_or_frames_the_authorization()
    {
        var preflight = new HttpRequestMessage(HttpMethod.Options, "/connect/authorize");
        preflight.Headers.Add("Origin", "https://evil.example");
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        var answer = await flow.AuthorizeAsync(await NewSessionAsync());

        (await provider.Http.SendAsync(preflight)).Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        answer.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
    }

    [Fact]
    public async Task After_a_form_the_browser_goes_on_with_get()
    {
        var answer = await provider.Http.PostAsync(
            "/connect/authorize",
            new FormUrlEncodedContent(flow.Request().Select(pair => KeyValuePair.Create(pair.Key, pair.Value!))));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.Location!.OriginalString.ShouldStartWith("/identity/sign-in?returnUrl=");
    }

    private async Task<string> NewSessionAsync() => await provider.SessionOfAsync(await provider.NewLoginAsync());
}
