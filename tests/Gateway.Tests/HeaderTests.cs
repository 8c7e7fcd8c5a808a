using System.Text;

namespace EPerfect.Gateway.Tests;

public sealed class HeaderTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-Prefix", "/admin")]
    [InlineData("X-Real-IP", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("X-Original-URL", "/api/orders/admin")]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    [InlineData("X-User-Id", "1")]
    [InlineData("X-Roles", "operator")]
    [InlineData("X-Client-Cert", "MIIB")]
    [InlineData("Cookie", "session=1")]
    [InlineData("User-Agent", "curl/8.0")]
    [InlineData("baggage", "email=ann@example.org")]
    [InlineData("Correlation-Context", "email=ann@example.org")]
    public async Task What_a_client_says_about_itself_does_not_reach_a_service(string name, string value)
    {
        var arrival = await SendAsync(request => request.Headers.TryAddWithoutValidation(name, value));

        arrival.Headers.ShouldNotContainKey(name);
        arrival.Headers.Values.ShouldNotContain(value);
    }

    [Fact]
    public async Task A_client_cannot_say_under_which_name_or_scheme_it_called()
    {
        var arrival = await SendAsync(request =>
        {
            request.Headers.Add("X-Forwarded-Host", "evil.example");
            request.Headers.Add("X-Forwarded-Proto", "https");
        });

        arrival.Headers["X-Forwarded-Host"].ShouldStartWith("127.0.0.1:");
        arrival.Headers["X-Forwarded-Proto"].ShouldBe("http");
    }

    [Theory]
    [InlineData("Idempotency-Key", "0199b0c4")]
    [InlineData("Opening-Purpose", "support")]
    [InlineData("Opening-Ground", "ticket:4711")]
    [InlineData("If-Match", "\"7\"")]
    [InlineData("If-None-Match", "\"7\"")]
    [InlineData("Accept", "application/rdap+json")]
    [InlineData("Accept-Language", "et")]
    [InlineData("Sec-GPC", "1")]
    public async Task What_a_service_needs_reaches_it_unchanged(string name, string value)
    {
        var arrival = await SendAsync(request => request.Headers.TryAddWithoutValidation(name, value));

        arrival.Headers[name].ShouldBe(value);
    }

    /// <summary>Not sent on, it would look as if the service did not answer: enough of them, and it would be left out.</summary>
    [Fact]
    public async Task What_is_not_ASCII_reaches_the_service_which_judges_it()
    {
        await using var backend = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync("orders", backend);
        using var client = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Client.BaseAddress!, "/api/orders/1"));
        request.Headers.Authorization = gateway.Client.DefaultRequestHeaders.Authorization;
        request.Headers.TryAddWithoutValidation("If-Match", "\"\u6bba\"");

        (await client.SendAsync(request)).EnsureSuccessStatusCode();

        backend.Arrivals.Single().Headers["If-Match"].ShouldBe("\"\u6bba\"");
    }

    [Fact]
    public async Task A_token_reaches_the_service_which_judges_it_again()
    {
        var arrival = await SendAsync(_ => { });

        arrival.Headers["Authorization"].ShouldStartWith("Bearer ey");
    }

    [Fact]
    public async Task A_clients_trace_is_continued()
    {
        var arrival = await SendAsync(request =>
            request.Headers.Add("traceparent", $"00-{TraceId}-b7ad6b7169203331-01"));

        arrival.Headers["traceparent"].ShouldStartWith($"00-{TraceId}-");
        arrival.Headers["traceparent"].ShouldNotContain("b7ad6b7169203331");
    }

    [Fact]
    public async Task What_else_a_client_says_with_its_trace_does_not_reach_a_service()
    {
        var arrival = await SendAsync(request =>
        {
            request.Headers.Add("traceparent", $"00-{TraceId}-b7ad6b7169203331-01");
            request.Headers.Add("tracestate", "shop=ann@example.org");
        });

        arrival.Headers["traceparent"].ShouldStartWith($"00-{TraceId}-");
        arrival.Headers.ShouldNotContainKey("tracestate");
    }

    [Fact]
    public async Task Without_a_trace_one_is_begun_and_named_in_the_answer()
    {
        await using var backend = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync("orders", backend);

        var answer = await gateway.Client.GetAsync("/api/orders/1");

        var traceId = answer.Headers.GetValues("Trace-Id").ShouldHaveSingleItem();
        backend.Arrivals.Single().Headers["traceparent"].ShouldStartWith($"00-{traceId}-");
    }

    [Theory]
    [InlineData("/api/orders/1")]
    [InlineData("/api/accounts/1")]
    [InlineData("/nowhere")]
    [InlineData("/")]
    public async Task Every_answer_tells_browsers_what_not_to_do_and_no_one_what_runs_here(string target)
    {
        await using var backend = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync("orders", backend);

        var headers = (await gateway.Client.GetAsync(target)).Headers;

        headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("default-src 'none'");
        headers.Contains("Server").ShouldBeFalse();
    }

    private static async Task<Arrival> SendAsync(Action<HttpRequestMessage> prepare)
    {
        await using var backend = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync("orders", backend);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/orders/1");
        prepare(request);
        (await gateway.Client.SendAsync(request)).EnsureSuccessStatusCode();
        return backend.Arrivals.Single();
    }
}
