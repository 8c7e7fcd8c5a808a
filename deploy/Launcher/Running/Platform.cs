using EPerfect.Launcher.Building;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Running;

/// <summary>Three servers, four services, what operators see of them, and the gateway, in one home on one machine.</summary>
internal sealed class Platform
{
    /// <summary>What there can be several of.</summary>
    public static readonly IReadOnlyList<string> Scalable = [.. Databases.Roles, OperationsName, GatewayName];

    private const string GatewayName = "gateway";

    /// <summary>No service: it has neither a database nor a user of the broker.</summary>
    private const string OperationsName = "operations";

    private readonly Dictionary<string, ServiceProcess[]> services;
    private Publication? publication;

    /// <param name="checkout">Where the programs are built from.</param>
    /// <param name="home">Where everything that they keep goes.</param>
    /// <param name="instances">How many of a service or of the gateway, where it is not as many as were started here.</param>
    /// <param name="durable">False for tests: what the operating system has is safe enough.</param>
    /// <param name="line">For tests: who speaks to whom over which port, instead of the other's own.</param>
    public Platform(
        Checkout checkout,
        Home home,
        IReadOnlyDictionary<string, int>? instances = null,
        bool durable = true,
        Func<string, string, int, int>? line = null)
    {
        Line = line ?? ((_, _, port) => port);
        Checkout = checkout;
        Home = home;
        Postgres = new Postgres(home, durable);
        Broker = new Broker(home, checkout.TopologyFile);
        Mail = new MailCatcher(home);
        services = Databases.Roles.ToDictionary(
            service => service,
            service => Several(service, () => PlatformSettings.ForService(this, service)),
            StringComparer.Ordinal);
        var asked = services.ToDictionary(StringComparer.Ordinal);
        services.Add(
            OperationsName, Several(OperationsName, () => PlatformSettings.ForOperations(this, asked)));
        Gateways = Several(GatewayName, () => PlatformSettings.ForGateway(this, services));

        ServiceProcess[] Several(string part, Func<Variables> settings) =>
            [.. Enumerable.Range(1, Number(part)).Select(number => new ServiceProcess(
                home,
                number == 1 ? part : $"{part}-{number}",
                () => Assembly($"EPerfect.{char.ToUpperInvariant(part[0])}{part[1..]}"),
                settings))];

        int Number(string part) =>
            instances?.TryGetValue(part, out var number) == true ? number : home.InstancesOf(part);
    }

    /// <summary>From, to, and the port of the latter: the port over which the former reaches it.</summary>
    public Func<string, string, int, int> Line { get; }

    public Checkout Checkout { get; }

    public Home Home { get; }

    public Postgres Postgres { get; }

    public Broker Broker { get; }

    public MailCatcher Mail { get; }

    /// <summary>Where people and programs go, and who issues their tokens. By name: a browser keeps no passkey for an IP
    /// address.</summary>
    public Uri Address => new UriBuilder(Gateways[0].Address) { Host = "localhost" }.Uri;

    public IReadOnlyList<ServiceProcess> Gateways { get; }

    /// <summary>The six processes of ours, or more when there are several of one.</summary>
    public IEnumerable<ServiceProcess> Processes => services.Values.SelectMany(each => each).Concat(Gateways);

    public IEnumerable<IPart> Parts => [Postgres, Broker, Mail, .. Processes];

    public ServiceProcess FirstInstanceOf(string service) => services[service][0];

    public IReadOnlyList<ServiceProcess> InstancesOf(string service) => services[service];

    public async Task BuildAsync(CancellationToken ct) => publication = await Publication.MakeAsync(Checkout, ct);

    /// <summary>Builds what is stale and starts what does not run.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        await BuildAsync(ct);
        await Task.WhenAll(Postgres.StartAsync(ct), Broker.StartAsync(ct), Mail.StartAsync(ct));
        foreach (var process in Processes) process.TakePorts();
        await Task.WhenAll(Processes.Select(process => process.StartAsync(ct)));
    }

    /// <summary>SIGKILL; returns when the process is gone.</summary>
    /// <param name="name">accounts, orders, orders-2, domains, privacy, operations, gateway, postgres, rabbitmq or mail.</param>
    public Task KillAsync(string name) => Part(name).KillAsync();

    /// <summary>Starts it with the data and the ports that it had; returns when it is ready.</summary>
    public Task StartAgainAsync(string name, CancellationToken ct) => Part(name).StartAsync(ct);

    /// <summary>Asks it to finish and waits until it has.</summary>
    public Task StopAsync(string name) => Part(name).StopAsync();

    public int? ProcessId(string name) => Part(name).Running?.Pid;

    public Uri MetricsOf(string name) => ((ServiceProcess)Part(name)).Metrics;

    public Uri AddressOf(string name) => ((ServiceProcess)Part(name)).Address;

    /// <summary>SIGSTOP: alive, but answers nothing.</summary>
    public void Pause(string name) => Part(name).Send(Signal.Stop);

    public void Continue(string name) => Part(name).Send(Signal.Continue);

    /// <summary>The processes of ours first: they finish what they have begun while the servers still answer.</summary>
    public async Task StopAsync(IReadOnlySet<IPart>? except = null)
    {
        await StopAsync(Processes);
        await StopAsync([Postgres, Broker, Mail]);

        Task StopAsync(IEnumerable<IPart> parts) => Task.WhenAll(
            parts.Where(part => except?.Contains(part) != true).Select(part => part.StopAsync()));
    }

    /// <summary>Nobody will look at the data again.</summary>
    public async Task KillAllAsync()
    {
        await Task.WhenAll(Parts.Select(part => part.KillAsync()));
        await Broker.StopAsync();
    }

    private IPart Part(string name) =>
        Parts.FirstOrDefault(part => string.Equals(part.Name, name, StringComparison.Ordinal))
        ?? throw new LaunchException($"There is no {name} here");

    private string Assembly(string project) =>
        (publication ?? throw new LaunchException("Nothing is built yet")).AssemblyOf(project);
}
