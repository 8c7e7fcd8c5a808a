using System.Net;
using System.Net.Http.Headers;
using EPerfect.Accounts.Tests.Pages;
using EPerfect.Accounts.Tests.Slices;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Accounts.Tests.OpenId;

/// <summary>An outage is ours, and passes: who asks hears to come again, loses nothing, and finds all as it was without a
/// restart.</summary>
public sealed class WhileAServerIsAway(PostgresServer postgres) : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Cable cable = null!;
    private string email = null!;
    private string account = null!;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync("accounts");
        cable = new Cable(new NpgsqlConnectionStringBuilder(database.Admin).Port);
        email = AccountsService.NewEmail();
        await using var first = await StartAsync(database);
        account = (await first.Running.OpenAsync(AccountsService.Body(email))).Headers.Location!.OriginalString;
    }

    public async ValueTask DisposeAsync()
    {
        await cable.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Without_the_database_tokens_pages_and_the_api_answer_503_and_then_go_on()
    {
        await using var provider = await StartAsync(database.Through(store: cable));
        var flow = new CodeFlow(provider);
        var cookie = await provider.SessionOfAsync(await provider.Running.LoginAsync(email));
        var token = (string)(await flow.TokensAsync(cookie))["refresh_token"]!;
        using var person = await provider.Running.PersonAsync(email);
        using var browser = new Browser(provider.Running);
        var signIn = await browser.GoAsync("/identity/sign-in");

        cable.Cut();
        await IsProblemAsync(await flow.RefreshAsync(token));
        await IsProblemAsync(await person.GetAsync(account));
        await IsProblemAsync(await person.PutAsync($"{account}/profile", AccountsService.Profile(email)));
        IsPage(await PageView.ReadAsync(await AuthorizeAsync(provider, flow, cookie), "/connect/authorize"));
        IsPage(await browser.PressAsync(signIn, "Sign in", ("Email", email), ("Password", Provider.Password)));
        (await provider.DiscoveryAsync()).ContainsKey("issuer").ShouldBeTrue("what others need to judge tokens is at hand");

        cable.Mend();
        await Until.TrueAsync(async () => (await person.GetAsync(account)).IsSuccessStatusCode, "the database is found again");
        (await flow.RefreshedAsync(token)).ContainsKey("access_token").ShouldBeTrue("it was not used up");
        CodeFlow.Sent(await AuthorizeAsync(provider, flow, cookie)).ShouldContainKey("code");
        (await person.PutAsync($"{account}/profile", AccountsService.Profile(email))).StatusCode
            .ShouldBe(HttpStatusCode.NoContent);
        var wrong = await browser.PressAsync(signIn, "Sign in", ("Email", email), ("Password", Provider.Password));
        wrong.Status.ShouldBe(422, "it has no password, and is told so as any wrong one");
    }

    [Fact]
    public async Task Without_the_key_store_what_needs_no_personal_data_goes_on_and_the_rest_answers_503()
    {
        await using var provider = await StartAsync(database.Through(keys: cable));
        var flow = new CodeFlow(provider);
        var cookie = await provider.SessionOfAsync(await provider.Running.LoginAsync(email));
        var token = (string)(await flow.TokensAsync(cookie))["refresh_token"]!;
        using var person = await provider.Running.PersonAsync(email);
        using var browser = new Browser(provider.Running);
        var signIn = await browser.GoAsync("/identity/sign-in");
        var signUp = await browser.GoAsync("/identity/sign-up");

        cable.Cut();
        await IsProblemAsync(await person.GetAsync(account));
        IsPage(await browser.PressAsync(signUp, "Sign up", ("Email", AccountsService.NewEmail())));
        IsPage(await browser.PressAsync(signIn, "Sign in", ("Email", email), ("Password", Provider.Password)));
        token = (string)(await flow.RefreshedAsync(token))["refresh_token"]!;
        CodeFlow.Sent(await AuthorizeAsync(provider, flow, cookie)).ShouldContainKey("code");

        cable.Mend();
        await Until.TrueAsync(async () => (await person.GetAsync(account)).IsSuccessStatusCode, "the key store is found again");
        (await flow.RefreshAsync(token)).IsSuccessStatusCode.ShouldBeTrue();
        var sent = await browser.PressAsync(signUp, "Sign up", ("Email", AccountsService.NewEmail()));
        sent.Title.ShouldBe("Look into your mailbox");
    }

    [Fact]
    public async Task While_every_connection_is_taken_who_asks_waits_for_seconds_and_hears_to_come_again()
    {
        await using var provider = await StartAsync(database);
        using var person = await provider.Running.PersonAsync(email);
        var taken = await TakeAllAsync(provider.Running.Services.GetRequiredService<NpgsqlDataSource>());

        await IsProblemAsync(await person.GetAsync(account).WaitAsync(TimeSpan.FromSeconds(30)));

        foreach (var connection in taken) await connection.DisposeAsync();
        (await person.GetAsync(account)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<List<NpgsqlConnection>> TakeAllAsync(NpgsqlDataSource pool)
    {
        var taken = new List<NpgsqlConnection>();
        try
        {
            while (true) taken.Add(await pool.OpenConnectionAsync());
        }
        catch (NpgsqlException)
        {
            taken.Count.ShouldBeGreaterThan(20);
            return taken;
        }
    }

    /// <summary>Without https, or the browser would keep no cookie.</summary>
    private Task<Provider> StartAsync(TestDatabase where) => Provider.StartAsync(
        postgres, where, configure: builder => builder.Configuration["Identity:Issuer"] = "http://localhost/");

    private static Task<HttpResponseMessage> AuthorizeAsync(Provider provider, CodeFlow flow, string cookie)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(
            "/connect/authorize", flow.Request()));
        request.Headers.Add("Cookie", cookie);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return provider.Http.SendAsync(request);
    }

    private static async Task IsProblemAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, await answer.Content.ReadAsStringAsync());
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.ProblemCodeAsync()).ShouldBe("unavailable");
    }

    private static void IsPage(PageView page)
    {
        page.Status.ShouldBe(503, page.Html);
        page.Answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        page.Answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        page.Answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; ");
        page.Title.ShouldBe("This does not work at the moment");
    }
}
