using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EPerfect.Gateway.Tests;

public sealed class OutageTests
{
    [Fact]
    public async Task A_service_without_any_instance_is_unavailable()
    {
        await using var gateway = await RunningGateway.StartAsync();

        await (await gateway.Client.GetAsync("/api/orders/1")).ShouldBeUnavailableAsync();
    }

    [Fact]
    public async Task A_service_that_refuses_connections_is_unavailable_and_the_others_are_not_affected()
    {
        await using var accounts = await Backend.StartAsync("accounts");
        var orders = await Backend.StartAsync("orders");
        await orders.DisposeAsync();
        await using var gateway = await RunningGateway.StartAsync(
            ("accounts", accounts.Address), ("orders", orders.Address));

        for (var i = 0; i < 10; i++)
        {
            await (await gateway.Client.PostAsync("/api/orders", new StringContent("{}"))).ShouldBeUnavailableAsync();
            await (await gateway.Client.GetAsync("/openapi/orders.json")).ShouldBeUnavailableAsync();
            (await gateway.Client.GetStringAsync("/api/accounts/1")).ShouldBe("accounts");
        }
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_unavailable_in_bounded_time()
    {
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync("orders", orders);
        var watch = Stopwatch.StartNew();

        await (await gateway.Client.GetAsync("/api/orders/stuck")).ShouldBeUnavailableAsync();

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(8));
        await orders.Left.Task.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_request_that_a_service_drops_is_unavailable_and_is_not_sent_twice()
    {
        using var dropping = new TcpListener(IPAddress.Loopback, 0);
        dropping.Start();
        var posts = CountPostsAsync(dropping);
        var address = new Uri($"http://{dropping.LocalEndpoint}");
        await using var gateway = await RunningGateway.StartAsync(("orders", address));

        await (await gateway.Client.PostAsync("/api/orders", new StringContent("{}"))).ShouldBeUnavailableAsync();

        dropping.Stop();
        (await posts).ShouldBe(1);
    }

    [Fact]
    public async Task Half_an_answer_never_looks_like_a_whole_one()
    {
        await using var orders = await Backend.StartAsync("orders");
        await using var gateway = await RunningGateway.StartAsync("orders", orders);

        await Should.ThrowAsync<HttpRequestException>(() => gateway.Client.GetStringAsync("/api/orders/half"));
    }

    private static async Task<int> CountPostsAsync(TcpListener listener)
    {
        var posts = 0;
        var ready = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray();
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync();
                var bytes = new byte[4096];
                var read = await client.GetStream().ReadAsync(bytes);
                if (bytes.AsSpan(0, read).StartsWith("POST"u8)) posts++;
                else await client.GetStream().WriteAsync(ready);
            }
            catch (Exception stopped)
                when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return posts;
            }
            catch (IOException)
            {
                // A probe that went away.
            }
        }
    }
}
