using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EPerfect.Gateway.Tests;

public sealed class RateLimitTests
{
    private static readonly string[] Tight =
    [
        "--RateLimits:Classes:address:Requests=6",
        "--RateLimits:Classes:client:Requests=4",
        "--RateLimits:Classes:rdap:Requests=2",
        "--RateLimits:Classes:sign-in:Requests=2",
        "--RateLimits:Classes:sign-up:Requests=2",
        "--RateLimits:Classes:token:Requests=2",
        "--RateLimits:Classes:availability:Requests=2",
    ];

    private readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task Whoever_asks_too_often_is_told_to_wait_and_for_how_long()
    {
        await using var gateway = await StartAsync();
        for (var i = 0; i < 6; i++) (await gateway.Stranger.GetAsync("/problems")).EnsureSuccessStatusCode();
        clock.Advance(TimeSpan.FromSeconds(20));

        var answer = await gateway.Stranger.GetAsync("/problems");

        await answer.ShouldBeProblemAsync(429, "too-many-requests");
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(40));
        answer.Headers.GetValues("RateLimit").ShouldBe(["\"address\";r=0;t=40"]);
        clock.Advance(TimeSpan.FromSeconds(40));
        (await gateway.Stranger.GetAsync("/problems")).EnsureSuccessStatusCode();
    }

    [Theory]
    [InlineData("/problems")]
    [InlineData("/nowhere")]
    [InlineData("/api/orders/1")]
    public async Task Every_answer_says_how_much_is_left(string target)
    {
        await using var gateway = await StartAsync();

        var answer = await gateway.Stranger.GetAsync(target);

        answer.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"address\";q=6;w=60"]);
        answer.Headers.GetValues("RateLimit").ShouldBe(["\"address\";r=5;t=60"]);
    }

    [Fact]
    public async Task Who_shows_a_token_is_counted_as_himself_too_wherever_he_comes_from()
    {
        await using var gateway = await StartAsync("--RateLimits:Classes:address:Requests=1000");
        using var same = gateway.NewClient(gateway.Issuer.Token(subject: "shop"));
        using var again = gateway.NewClient(gateway.Issuer.Token(subject: "shop"));
        for (var i = 0; i < 2; i++)
        {
            (await same.GetAsync("/problems")).EnsureSuccessStatusCode();
            (await again.GetAsync("/problems")).EnsureSuccessStatusCode();
        }

        var answer = await same.GetAsync("/problems");

        await answer.ShouldBeProblemAsync(429, "too-many-requests");
        answer.Headers.GetValues("RateLimit").ShouldBe(["\"address\";r=995;t=60, \"client\";r=0;t=60"]);
        (await gateway.Client.GetAsync("/problems")).EnsureSuccessStatusCode();
    }

    [Theory]
    [InlineData("GET", "/rdap/domain/example.com", "rdap")]
    [InlineData("POST", "/identity/sign-in", "sign-in")]
    [InlineData("POST", "/identity/second-factor", "sign-in")]
    [InlineData("POST", "/identity/sign-up", "sign-up")]
    [InlineData("POST", "/identity/sign-up/confirm", "sign-up")]
    [InlineData("POST", "/identity/forgotten-password", "sign-up")]
    [InlineData("POST", "/identity/change-email", "sign-up")]
    [InlineData("POST", "/connect/token", "token")]
    [InlineData("POST", "/connect/revocation", "token")]
    [InlineData("GET", "/api/domains/availability?name=example.com", "availability")]
    public async Task Tighter_limits_hold_where_guessing_and_harvesting_pay(string method, string target, string name)
    {
        await using var gateway = await StartAsync();
        for (var i = 0; i < 2; i++) (await SendAsync(gateway.Stranger, method, target)).StatusCode
            .ShouldBe(HttpStatusCode.ServiceUnavailable);

        var answer = await SendAsync(gateway.Stranger, method, target);

        await answer.ShouldBeProblemAsync(429, "too-many-requests");
        answer.Headers.GetValues("RateLimit").Single().ShouldEndWith($"\"{name}\";r=0;t=60");
        (await gateway.Stranger.GetAsync("/identity/sign-in")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_network_that_asks_too_often_uses_up_nothing_of_the_others_of_its_site()
    {
        await using var gateway = await StartAsync(
            "--RateLimits:Classes:address:Requests=1000", "--ForwardedHeaders:KnownProxies:0=127.0.0.1");

        for (var i = 0; i < 40; i++) await LookUpAsync("2001:db8:1:2::7");

        (await LookUpAsync("2001:db8:1:2::8")).ShouldBe(429);
        (await LookUpAsync("2001:db8:1:3::7")).ShouldBe(503, "there is no service, but it is let through");

        async Task<int> LookUpAsync(string address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/rdap/domain/example.com");
            request.Headers.Add("X-Forwarded-For", address);
            using var answer = await gateway.Stranger.SendAsync(request);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task The_networks_of_a_site_have_together_what_sixteen_of_them_have()
    {
        await using var gateway = await StartAsync(
            "--RateLimits:Classes:address:Requests=1000", "--ForwardedHeaders:KnownProxies:0=127.0.0.1");

        var answers = new List<int>();
        for (var network = 0; network < 40; network++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/rdap/domain/example.com");
            request.Headers.Add("X-Forwarded-For", $"2001:db8:1:{network:x}::7");
            using var answer = await gateway.Stranger.SendAsync(request);
            answers.Add((int)answer.StatusCode);
        }

        answers.ShouldBe([.. Enumerable.Repeat(503, 32), .. Enumerable.Repeat(429, 8)]);
    }

    /// <summary>A class that nobody tries here would be a table and no limit.</summary>
    [Fact]
    public async Task Every_class_of_the_settings_is_tried_here()
    {
        var tried = Tight.Select(setting => setting.Split(':')[2]);
        await using var gateway = await RunningGateway.StartAsync();
        var options = gateway.Services.GetRequiredService<IOptions<RateLimitOptions>>().Value;

        options.Classes.Keys.Order(StringComparer.Ordinal).ShouldBe(tried.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Bad_tokens_use_up_the_addresss_share()
    {
        await using var gateway = await StartAsync();
        using var forger = gateway.NewClient("abc");
        for (var i = 0; i < 6; i++) await (await forger.GetAsync("/problems")).ShouldBeProblemAsync(401, "unauthenticated");

        await (await forger.GetAsync("/problems")).ShouldBeProblemAsync(429, "too-many-requests");
    }

    [Fact]
    public async Task Health_is_asked_for_as_often_as_anybody_likes()
    {
        await using var gateway = await StartAsync();

        for (var i = 0; i < 20; i++) (await gateway.Stranger.GetAsync("/health/live")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Our_own_frontends_are_not_counted()
    {
        await using var gateway = await StartAsync("--RateLimits:Unlimited:0=127.0.0.0/8");

        for (var i = 0; i < 20; i++) (await gateway.Stranger.GetAsync("/problems")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_route_of_a_class_that_has_no_quota_ends_the_start()
    {
        string[] mistyped = ["--ReverseProxy:Routes:rdap:Metadata:RateLimit=rdpa"];

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => RunningGateway.StartAsync([], mistyped));

        failure.Message.ShouldContain("rdpa");
    }

    private Task<RunningGateway> StartAsync(params string[] settings) => RunningGateway.StartAsync(
        [], [.. Tight, .. settings], builder => builder.Services.AddSingleton<TimeProvider>(clock));

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string target)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), target);
        return await client.SendAsync(request);
    }
}
