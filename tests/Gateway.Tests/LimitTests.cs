using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;

namespace EPerfect.Gateway.Tests;

public sealed class LimitTests
{
    private const int Most = 64 * 1024;

    [Fact]
    public async Task A_body_of_64_KiB_passes()
    {
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync("orders", orders);

        (await gateway.Client.PostAsync("/api/orders", new ByteArrayContent(new byte[Most]))).EnsureSuccessStatusCode();

        orders.Arrivals.ShouldHaveSingleItem().BodyBytes.ShouldBe(Most);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_larger_body_is_a_413_problem_whether_its_length_was_announced_or_not(bool chunked)
    {
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync("orders", orders);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders");
        request.Content = new ByteArrayContent(new byte[Most + 1]);
        request.Headers.TransferEncodingChunked = chunked;

        var answer = await gateway.Client.SendAsync(request);

        await answer.ShouldBeProblemAsync(413, "body-too-large");
        orders.Arrivals.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, 20_000, true)]
    [InlineData(80, 1, true)]
    [InlineData(2, 10_000, true)]
    [InlineData(1, 40_000, false)]
    [InlineData(200, 1, false)]
    public async Task Too_many_or_too_large_headers_are_refused(int count, int length, bool withProblem)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        for (var i = 0; i < count; i++) request.Headers.Add($"X-{i}", new string('a', length));

        var answer = await gateway.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
        if (withProblem) await answer.ShouldBeProblemAsync(431, "headers-too-large");
    }

    [Fact]
    public async Task A_request_line_that_is_too_long_is_refused()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var answer = await gateway.Client.GetAsync($"/api/orders?name={new string('a', 9000)}");

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestUriTooLong);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("PROPFIND")]
    [InlineData("DEBUG")]
    public async Task A_method_that_no_address_knows_gets_no_further(string method)
    {
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync("orders", orders);

        foreach (var target in new[] { "/api/orders/1", "/api/orders/catalogue", "/identity/sign-in", "/", "/health" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), target);
            var answer = await gateway.Client.SendAsync(request);
            await answer.ShouldBeProblemAsync(405, "method-not-allowed");
            answer.Content.Headers.Allow.ShouldContain("GET");
        }

        orders.Arrivals.ShouldBeEmpty();
    }

    [Fact]
    public async Task Headers_that_come_too_slowly_end_the_connection()
    {
        await using var gateway = await RunningGateway.StartAsync(
            [], [], builder => builder.WebHost.ConfigureKestrel(kestrel =>
                kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(1)));

        var answer = await SendRawAsync(gateway, "GET /problems HTTP/1.1\r\nHost: localhost\r\n");

        answer.ShouldStartWith("HTTP/1.1 408");
    }

    [Fact]
    public async Task A_body_that_comes_too_slowly_is_a_408_problem()
    {
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync(
            [("orders", orders.Address)], [], builder => builder.WebHost.ConfigureKestrel(kestrel =>
                kestrel.Limits.MinRequestBodyDataRate = new(10_000, TimeSpan.FromSeconds(1.1))));

        var answer = await SendRawAsync(
            gateway,
            $"POST /api/orders HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {gateway.Issuer.Token()}\r\n" +
            "Content-Length: 60000\r\n\r\nslow");

        answer.ShouldStartWith("HTTP/1.1 408");
        answer.ShouldContain("body-too-slow");
        orders.Arrivals.ShouldBeEmpty();
    }

    private static async Task<string> SendRawAsync(RunningGateway gateway, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Addresses[0].Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        return await new StreamReader(socket.GetStream()).ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }
}
