using System.Net;
using System.Net.Sockets;

namespace EPerfect.Gateway.Tests;

/// <summary>One of two instances is killed. No probe comes in these tests: only what a request itself finds out helps.</summary>
public sealed class KilledInstanceTests
{
    private const string NoProbes = "--EveryCluster:HealthCheck:Active:Enabled=false";

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task Where_nobody_listens_any_more_the_other_one_serves_and_nobody_notices(string method)
    {
        await using var alive = await Backend.StartAsync("alive");
        var killed = await Backend.StartAsync("killed");
        await using var gateway = await StartAsync(alive.Address, killed.Address);
        for (var i = 0; i < 20; i++) await gateway.Client.GetAsync("/api/orders/1");

        await killed.DisposeAsync();
        var answers = new List<int>();
        for (var i = 0; i < 40; i++)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "/api/orders/1");
            if (method is "POST" or "PUT") request.Content = new StringContent("{\"whole\":true}");
            answers.Add((int)(await gateway.Client.SendAsync(request)).StatusCode);
        }

        answers.ShouldAllBe(status => status == 200);
        var sent = method is "POST" or "PUT" ? 14 : 0;
        alive.Arrivals.TakeLast(40).ShouldAllBe(arrival => arrival.BodyBytes == sent);
        alive.Arrivals.Count(arrival => arrival.Method == method).ShouldBeGreaterThanOrEqualTo(40);
        (await gateway.StandingAsync("orders", "b")).ShouldBe("Unhealthy");
    }

    [Fact]
    public async Task A_read_whose_connection_breaks_is_read_from_the_other_one_and_a_change_is_not_sent_twice()
    {
        using var dying = new Dying();
        await using var alive = await Backend.StartAsync("alive");
        await using var gateway = await StartAsync(alive.Address, dying.Address);

        var (reads, changes) = (new List<int>(), new List<int>());
        for (var i = 0; i < 20; i++) reads.Add((int)(await gateway.Client.GetAsync("/api/orders/1")).StatusCode);
        for (var i = 0; i < 20; i++)
            changes.Add((int)(await gateway.Client.PostAsync("/api/orders", new StringContent("{}"))).StatusCode);

        dying.Count("GET").ShouldBeGreaterThan(0);
        dying.Count("POST").ShouldBeGreaterThan(0);
        reads.ShouldAllBe(status => status == 200);
        changes.Count(status => status == 503).ShouldBe(dying.Count("POST"));
        alive.Arrivals.Count(arrival => arrival.Method == "POST").ShouldBe(20 - dying.Count("POST"));
    }

    [Fact]
    public async Task Where_all_are_gone_the_client_hears_so_after_each_was_tried()
    {
        using var one = new Dying();
        using var two = new Dying();
        await using var gateway = await StartAsync(one.Address, two.Address);

        await (await gateway.Client.GetAsync("/api/orders/1")).ShouldBeUnavailableAsync();

        // .NET's own client repeats a read some times on the same instance.
        one.Count("GET").ShouldBeInRange(1, 4);
        two.Count("GET").ShouldBeInRange(1, 4);
    }

    private static Task<RunningGateway> StartAsync(params Uri[] instances) => RunningGateway.StartAsync(
        instances.Select(address => ("orders", address)),
        // Each is asked as often as the other, however it fared.
        [NoProbes, "--EveryCluster:LoadBalancingPolicy=RoundRobin", "--EveryCluster:HealthCheck:Passive:Enabled=false"]);

    /// <summary>Takes a request and is gone before it says anything.</summary>
    private sealed class Dying : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly List<string> methods = [];

        public Dying()
        {
            listener.Start();
            _ = TakeAsync();
        }

        public Uri Address => new($"http://{listener.LocalEndpoint}");

        public int Count(string method)
        {
            lock (methods) return methods.Count(one => one == method);
        }

        public void Dispose() => listener.Dispose();

        private async Task TakeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    var bytes = new byte[4096];
                    var read = await client.GetStream().ReadAsync(bytes);
                    var line = System.Text.Encoding.ASCII.GetString(bytes, 0, read);
                    if (!line.Contains("/health/", StringComparison.Ordinal))
                        lock (methods) methods.Add(line.Split(' ')[0]);
                }
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or IOException)
            {
            }
        }
    }
}
