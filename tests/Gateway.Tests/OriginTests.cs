namespace EPerfect.Gateway.Tests;

/// <summary>Which pages of other origins may read our answers (CORS).</summary>
public sealed class OriginTests
{
    private const string Shop = "https://shop.example";

    [Fact]
    public async Task A_frontend_that_is_named_may_send_and_read_what_it_needs()
    {
        await using var gateway = await StartAsync();

        var preflight = await AskAsync(
            gateway, "/api/orders", Shop, "POST",
            "authorization, idempotency-key, content-type, opening-purpose, opening-ground");
        var answer = await GetAsync(gateway, "/problems", Shop);

        ((int)preflight.StatusCode).ShouldBe(204);
        Header(preflight, "Access-Control-Allow-Origin").ShouldBe(Shop);
        foreach (var name in new[] { "Idempotency-Key", "Opening-Purpose", "Opening-Ground" })
            Header(preflight, "Access-Control-Allow-Headers").Split(',').ShouldContain(name);
        Header(answer, "Access-Control-Allow-Origin").ShouldBe(Shop);
        foreach (var name in new[] { "ETag", "Location", "Trace-Id", "Retry-After", "RateLimit", "RateLimit-Policy" })
            Header(answer, "Access-Control-Expose-Headers").Split(',').ShouldContain(name);
        preflight.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/api/orders/1")]
    [InlineData("/nowhere")]
    public async Task It_may_read_refusals_too(string target)
    {
        await using var gateway = await StartAsync();

        var answer = await GetAsync(gateway, target, Shop);

        answer.IsSuccessStatusCode.ShouldBeFalse();
        Header(answer, "Access-Control-Allow-Origin").ShouldBe(Shop);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://shop.example")]
    [InlineData("https://shop.example:8443")]
    [InlineData("https://shop.example.evil.example")]
    [InlineData("https://sub.shop.example")]
    [InlineData("null")]
    public async Task Any_other_origin_may_not(string origin)
    {
        await using var gateway = await StartAsync();

        (await AskAsync(gateway, "/api/orders", origin, "GET", "authorization")).Headers
            .Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        (await GetAsync(gateway, "/problems", origin)).Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/connect/authorize", false)]
    [InlineData("/identity/sign-in", false)]
    [InlineData("/connect/token", true)]
    [InlineData("/.well-known/openid-configuration", true)]
    public async Task Where_one_signs_in_no_script_of_another_origin_reads_along(string target, bool allowed)
    {
        await using var accounts = await Backend.StartAsync("accounts");
        await using var gateway = await StartAsync(accounts);

        (await AskAsync(gateway, target, Shop, "POST", "content-type")).Headers
            .Contains("Access-Control-Allow-Origin").ShouldBe(allowed);
        (await GetAsync(gateway, target, Shop)).Headers.Contains("Access-Control-Allow-Origin").ShouldBe(allowed);
    }

    [Fact]
    public async Task Unless_named_there_is_no_frontend()
    {
        await using var gateway = await RunningGateway.StartAsync();

        (await GetAsync(gateway, "/problems", Shop)).Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Theory]
    [InlineData("*")]
    [InlineData("https://*.example")]
    [InlineData("https://shop.example/")]
    [InlineData("shop.example")]
    public async Task What_is_no_exact_origin_ends_the_start(string origin)
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(
            () => RunningGateway.StartAsync([], [$"--Cors:Origins:0={origin}"]));

        failure.Message.ShouldContain(origin);
    }

    private static Task<RunningGateway> StartAsync(Backend? accounts = null) => RunningGateway.StartAsync(
        accounts is null ? [] : [("accounts", accounts.Address)], [$"--Cors:Origins:0={Shop}"]);

    private static string Header(HttpResponseMessage answer, string name) => string.Join(',', answer.Headers.GetValues(name));

    private static Task<HttpResponseMessage> GetAsync(RunningGateway gateway, string target, string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.Add("Origin", origin);
        return gateway.Stranger.SendAsync(request);
    }

    private static Task<HttpResponseMessage> AskAsync(
        RunningGateway gateway, string target, string origin, string method, string headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, target);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", headers);
        return gateway.Stranger.SendAsync(request);
    }
}
