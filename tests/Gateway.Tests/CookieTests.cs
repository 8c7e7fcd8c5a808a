using EPerfect.Testing;

namespace EPerfect.Gateway.Tests;

public sealed class CookieTests
{
    private static readonly string[] Set =
    [
        "eperfect.session=1; path=/; secure; httponly",
        "__Host-eperfect.device=2; path=/; secure; httponly",
        "tracker=3; path=/",
        "__Secure-eperfect.session=4",
        "Eperfect.Session=5",
        "eperfect.session",
        "=6",
    ];

    [Fact, Control("S7")]
    public async Task Of_the_cookies_that_a_page_sets_the_registered_ones_reach_the_client()
    {
        await using var accounts = await Backend.StartAsync("accounts");
        accounts.Cookies = Set;
        await using var gateway = await RunningGateway.StartAsync("accounts", accounts);

        var answer = await gateway.Stranger.GetAsync("/identity/sign-in");

        answer.Headers.GetValues("Set-Cookie").ShouldBe([Set[0], Set[1], Set[5]]);
    }

    [Fact, Control("S7")]
    public async Task Under_the_name_that_a_cookie_has_over_https_each_registered_one_reaches_the_client()
    {
        await using var accounts = await Backend.StartAsync("accounts");
        accounts.Cookies =
        [
            .. CookieRegister.All.Where(cookie => cookie.Of == "accounts")
                .Select(cookie => $"__Host-{cookie.Name}=1; path=/; secure; httponly"),
        ];
        await using var gateway = await RunningGateway.StartAsync("accounts", accounts);

        var answer = await gateway.Stranger.GetAsync("/identity/sign-in");

        answer.Headers.GetValues("Set-Cookie").ShouldBe(accounts.Cookies);
    }

    [Theory, Control("S7")]
    [InlineData("accounts", "/api/accounts/1")]
    [InlineData("accounts", "/.well-known/openid-configuration")]
    [InlineData("orders", "/api/orders/catalogue")]
    [InlineData("domains", "/rdap/domain/example.com")]
    public async Task From_anywhere_else_no_cookie_does(string service, string target)
    {
        await using var backend = await Backend.StartAsync(service);
        backend.Cookies = Set;
        await using var gateway = await RunningGateway.StartAsync(service, backend);

        var answer = await gateway.Client.GetAsync(target);

        answer.EnsureSuccessStatusCode().Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact, Control("S7")]
    public async Task A_cookie_that_is_not_registered_is_named_in_the_log_once_without_its_content()
    {
        await using var accounts = await Backend.StartAsync("accounts");
        accounts.Cookies = ["tracker=canary-4711; path=/"];
        await using var gateway = await RunningGateway.StartAsync("accounts", accounts);

        for (var i = 0; i < 3; i++) await gateway.Stranger.GetAsync("/identity/sign-in");

        gateway.Log.Lines.Count(line => line.Contains("tracker", StringComparison.Ordinal)).ShouldBe(1);
        gateway.Log.Lines.ShouldNotContain(line => line.Contains("canary-4711", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/identity/sign-in", true)]
    [InlineData("/connect/authorize", true)]
    [InlineData("/.well-known/openid-configuration", false)]
    [InlineData("/api/accounts/1", false)]
    public async Task A_clients_cookies_reach_the_pages_where_one_signs_in_alone(string target, bool arrives)
    {
        await using var accounts = await Backend.StartAsync("accounts");
        await using var gateway = await RunningGateway.StartAsync("accounts", accounts);
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.Add("Cookie", "eperfect.session=1");

        await gateway.Client.SendAsync(request);

        accounts.Arrivals.ShouldHaveSingleItem().Headers.ContainsKey("Cookie").ShouldBe(arrives);
    }

    [Theory]
    [InlineData("accounts", "/identity/sign-in", "eperfect.session=1", "eperfect.session")]
    [InlineData("operations", "/operations", "eperfect.operations=2", "eperfect.operations")]
    public async Task Pages_get_and_set_the_cookies_of_their_own_service_alone(
        string service, string target, string arrives, string set)
    {
        await using var backend = await Backend.StartAsync(service);
        backend.Cookies = ["eperfect.session=3; path=/", "eperfect.operations=3; path=/"];
        await using var gateway = await RunningGateway.StartAsync(service, backend);
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.Add("Cookie", "eperfect.session=1; eperfect.operations=2; tracker=3");

        var answer = await gateway.Stranger.SendAsync(request);

        backend.Arrivals.ShouldHaveSingleItem().Headers["Cookie"].ToString().ShouldBe(arrives);
        answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldStartWith($"{set}=3");
    }

    /// <summary>Decoded on its way, it could end the header, and begin another one, another cookie or another request.</summary>
    [Theory]
    [InlineData("eperfect.device=a%0d%0aX-Forwarded-For:%20203.0.113.7%0d%0aX-Name:%20b")]
    [InlineData("eperfect.device=a%0d%0a%0d%0aGET%20/api/accounts/smuggled%20HTTP/1.1%0d%0aHost:%20x%0d%0a%0d%0a")]
    [InlineData("eperfect.device=a%3B%20eperfect.operations=b")]
    [InlineData("eperfect.session=a%25; eperfect.device=\"b=c\"")]
    public async Task What_is_in_a_cookie_reaches_its_service_as_it_was_written(string cookies)
    {
        await using var accounts = await Backend.StartAsync("accounts");
        await using var gateway = await RunningGateway.StartAsync("accounts", accounts);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/identity/sign-in");
        request.Headers.Add("Cookie", cookies);

        (await gateway.Stranger.SendAsync(request)).EnsureSuccessStatusCode();

        var arrival = accounts.Arrivals.ShouldHaveSingleItem();
        arrival.Headers["Cookie"].ShouldBe(cookies);
        arrival.Headers["X-Forwarded-For"].ShouldBe("127.0.0.1");
        arrival.Headers.ShouldNotContainKey("X-Name");
    }

    [Theory]
    [InlineData("tracker=1,eperfect.session=2;eperfect.operations=3", "eperfect.session=2")]
    [InlineData("eperfect.session=1,eperfect.operations=2", "eperfect.session=1")]
    [InlineData("not a cookie; =1; eperfect.session=2", "eperfect.session=2")]
    public async Task However_they_are_strung_together_each_service_gets_its_own(string cookies, string arrives)
    {
        await using var accounts = await Backend.StartAsync("accounts");
        await using var gateway = await RunningGateway.StartAsync("accounts", accounts);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/identity/sign-in");
        request.Headers.TryAddWithoutValidation("Cookie", cookies);

        (await gateway.Stranger.SendAsync(request)).EnsureSuccessStatusCode();

        accounts.Arrivals.ShouldHaveSingleItem().Headers["Cookie"].ShouldBe(arrives);
    }

    [Fact, Control("S7")]
    public async Task Every_registered_cookie_is_explained_on_a_page()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var page = await gateway.Stranger.GetStringAsync("/cookies");

        CookieRegister.All.Select(cookie => cookie.Name)
            .ShouldBe(
            [
                "eperfect.session", "eperfect.antiforgery", "eperfect.second-factor", "eperfect.device",
                "eperfect.operations", "eperfect.operations-sign-in", "eperfect.operations-antiforgery",
            ]);
        page.ShouldContain("__Host-");
        foreach (var cookie in CookieRegister.All)
        {
            string[] facts = [cookie.Name, cookie.Category, cookie.Purpose, cookie.Lifetime];
            facts.ShouldAllBe(fact => fact.Length > 0 && page.Contains(fact));
        }
    }
}
