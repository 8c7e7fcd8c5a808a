using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EPerfect.Gateway.Tests;

/// <summary>
/// Whatever a client does to the framing of a message, gateway and service see the same requests (OWASP ASVS 4.2.1):
/// what is smuggled never arrives, neither at the service nor as an answer to somebody else.
/// </summary>
public sealed class SmugglingTests
{
    private const string Smuggled = "GET /api/orders/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

    [Theory]
    [InlineData("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n")]
    [InlineData("Content-Length: 4\r\nContent-Length: 0\r\n", "")]
    [InlineData("Content-Length: 0, 4\r\n", "")]
    [InlineData("Content-Length: +4\r\n", "")]
    [InlineData("Content-Length: -1\r\n", "")]
    [InlineData("Content-Length: 0x4\r\n", "")]
    [InlineData("Content-Length : 0\r\n", "")]
    [InlineData("Transfer-Encoding: identity, chunked\r\n", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding : chunked\r\n", "0\r\n\r\n")]
    [InlineData("X: y\r\n Transfer-Encoding: chunked\r\n", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n", "zz\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n", "1;\n\r\na\r\n0\r\n\r\n")]
    public async Task A_request_that_can_be_read_in_two_ways_carries_no_second_one(string framing, string body)
    {
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync("orders", orders);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Addresses[0].Port);

        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/orders HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {gateway.Issuer.Token()}\r\n" +
            $"Connection: close\r\n{framing}\r\n{body}{Smuggled}"));
        var answers = await new StreamReader(socket.GetStream()).ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10));

        answers.Split("HTTP/1.1 ").Length.ShouldBeLessThanOrEqualTo(2, answers);
        orders.Arrivals.ShouldNotContain(arrival => arrival.Target.Contains("smuggled", StringComparison.Ordinal));
        orders.Arrivals.Count.ShouldBeLessThanOrEqualTo(1);
        // What does arrive is framed anew, in one way.
        orders.Arrivals.ShouldAllBe(arrival =>
            arrival.Headers.GetValueOrDefault("Content-Length", $"{arrival.BodyBytes}") == $"{arrival.BodyBytes}" &&
            !(arrival.Headers.ContainsKey("Content-Length") && arrival.Headers.ContainsKey("Transfer-Encoding")));
    }

    [Theory]
    [InlineData("Authorization: Bearer a\r\n b\r\n")]
    [InlineData("X-Name: a\rb\r\n")]
    [InlineData("X-Name: a\0b\r\n")]
    [InlineData("Host: other\r\n")]
    public async Task A_header_that_is_not_well_formed_is_refused(string header)
    {
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync("orders", orders);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Addresses[0].Port);

        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /api/orders/catalogue HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{header}\r\n"));
        var answer = await new StreamReader(socket.GetStream()).ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10));

        answer.ShouldStartWith("HTTP/1.1 400");
        orders.Arrivals.ShouldBeEmpty();
    }
}
