using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

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

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task Nor_is_a_change_without_a_body(string method)
    {
        using var dying = new Dying();
        await using var alive = await Backend.StartAsync("alive");
        await using var gateway = await StartAsync(dying.Address, alive.Address);

        var answers = new List<int>();
        for (var i = 0; i < 10; i++) answers.Add(await SendWithoutBodyAsync(gateway, method));

        dying.Count(method).ShouldBeGreaterThan(0);
        answers.Count(status => status == 503).ShouldBe(dying.Count(method));
        alive.Arrivals.Count(arrival => arrival.Method == method).ShouldBe(10 - dying.Count(method));
    }

    /// <summary>A machine that lost its power refuses nothing: whoever calls it waits.</summary>
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Where_nobody_even_refuses_a_connection_the_other_one_serves(string method)
    {
        using var gone = await Silent.StartAsync();
        await using var alive = await Backend.StartAsync("alive");
        await using var gateway = await StartAsync(gone.Address, alive.Address);

        var answers = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "/api/orders/1");
            if (method is "POST") request.Content = new StringContent("{}");
            answers.Add((int)(await gateway.Client.SendAsync(request)).StatusCode);
        }

        answers.ShouldAllBe(status => status == 200);
        alive.Arrivals.Count.ShouldBe(4);
        (await gateway.StandingAsync("orders", "a")).ShouldBe("Unhealthy");
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
        [
            NoProbes, "--EveryCluster:LoadBalancingPolicy=RoundRobin", "--EveryCluster:HealthCheck:Passive:Enabled=false",
            "--EveryCluster:HttpRequest:ActivityTimeout=00:00:10",
        ]);

    /// <summary>Not even the length of a body, which programs seldom leave out and people at a shell do.</summary>
    private static async Task<int> SendWithoutBodyAsync(RunningGateway gateway, string method)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Addresses[0].Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"{method} /api/orders/1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + $"Authorization: Bearer {gateway.Issuer.Token()}\r\n\r\n"));
        var answer = await new StreamReader(socket.GetStream()).ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10));
        return int.Parse(answer.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Listens, and its place for who waits is taken: the kernel answers nobody any more.</summary>
    private sealed class Silent : IDisposable
    {
        private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> waiting = [];

        public Uri Address => new($"http://{listener.LocalEndPoint}");

        public static async Task<Silent> StartAsync()
        {
            var silent = new Silent();
            silent.listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            silent.listener.Listen(0);
            while (await silent.AnswersAsync()) silent.waiting.Count.ShouldBeLessThan(10);
            return silent;
        }

        public void Dispose()
        {
            listener.Dispose();
            waiting.ForEach(one => one.Dispose());
        }

        private async Task<bool> AnswersAsync()
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            waiting.Add(socket);
            try
            {
                await socket.ConnectAsync(listener.LocalEndPoint!, soon.Token);
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

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
                    var line = Encoding.ASCII.GetString(bytes, 0, read);
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
