namespace EPerfect.Accounts.Tests.Pages;

public sealed class CookieTests(PagesService service) : IClassFixture<PagesService>
{
    [Theory]
    [InlineData("https://id.eperfect.example/", true)]
    [InlineData("http://localhost/", false)]
    public async Task Under_an_issuer_with_https_no_cookie_goes_over_a_connection_without_it(string issuer, bool secure)
    {
        using var browser = service.Browser();
        var email = await service.SignUpAsync(browser);
        await using var instance = await service.StartAsync(
            service.Running.Database, builder => builder.Configuration["Identity:Issuer"] = issuer);
        using var handler = new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = instance.Client.BaseAddress };

        using var asked = await client.GetAsync("/identity/sign-in");
        var page = await PageView.ReadAsync(asked, "/identity/sign-in");
        var set = asked.Headers.GetValues("Set-Cookie").ToList();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/identity/sign-in")
        {
            Content = new FormUrlEncodedContent(
            [
                new("Email", email), new("Password", PagesService.Password),
                new("antiforgery", page.Document.QuerySelector("[name=antiforgery]")!.GetAttribute("value")!),
            ]),
        };
        request.Headers.Add("Cookie", set.Select(cookie => cookie.Split(';')[0]));
        using var done = await client.SendAsync(request);
        set.AddRange(done.Headers.GetValues("Set-Cookie"));

        var prefix = secure ? "__Host-" : "";
        set.Select(cookie => cookie.Split('=')[0]).Distinct().ShouldBe(
            [
                $"{prefix}eperfect.antiforgery", $"{prefix}eperfect.session", $"{prefix}eperfect.second-factor",
                $"{prefix}eperfect.device",
            ],
            ignoreOrder: true);
        // What a browser demands of such a name.
        set.ShouldAllBe(cookie => cookie.Contains("; path=/;", StringComparison.OrdinalIgnoreCase));
        set.ShouldAllBe(cookie => !cookie.Contains("; domain=", StringComparison.OrdinalIgnoreCase));
        set.ShouldAllBe(cookie => cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase) == secure);
        set.ShouldAllBe(cookie => cookie.Contains("; httponly", StringComparison.OrdinalIgnoreCase));
    }
}
