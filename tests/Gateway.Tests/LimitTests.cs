using System.Net;
using System.Net.Sockets;
using System.Text;

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
    [InlineData(1, 20_000)]
    [InlineData(80, 1)]
    public async Task Too_many_or_too_large_headers_are_refused(int count, int length)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        for (var i = 0; i < count; i++) request.Headers.Add($"X-{i}", new string('a', length));

        var answer = await gateway.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
    }

    [Fact]
    public async Task Two_framings_of_one_body_do_not_smuggle_a_request_past_the_gateway()
    {
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync("orders", orders);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Client.BaseAddress!.Port);

        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "POST /api/orders HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n" +
            "Connection: close\r\n\r\n0\r\n\r\nGET /secret HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        await new StreamReader(socket.GetStream()).ReadToEndAsync();

        // One request at most, and of one framing only.
        orders.Arrivals.Count.ShouldBeLessThanOrEqualTo(1);
        orders.Arrivals.ShouldAllBe(arrival =>
            arrival.BodyBytes == 0 && !arrival.Headers.ContainsKey("Content-Length"));
    }
}
