using EPerfect.Launcher.Building;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Running;

/// <summary>Two servers, four services and the gateway, in one home on one machine.</summary>
internal sealed class Platform
{
    private readonly Dictionary<string, ServiceProcess[]> services;
    private Publication? publication;

    /// <param name="checkout">Where the programs are built from.</param>
    /// <param name="home">Where everything that they keep goes.</param>
    /// <param name="instances">How many of a service, where it is not one.</param>
    /// <param name="durable">False for tests: what the operating system has is safe enough.</param>
    public Platform(
        Checkout checkout, Home home, IReadOnlyDictionary<string, int>? instances = null, bool durable = true)
    {
        Checkout = checkout;
        Home = home;
        Postgres = new Postgres(home, durable);
        Broker = new Broker(home, checkout.TopologyFile);
        services = Databases.Roles.ToDictionary(
            service => service,
            service => Enumerable.Range(1, instances?.GetValueOrDefault(service, 1) ?? 1)
                .Select(number => Service(service, number)).ToArray(),
            StringComparer.Ordinal);
        Gateway = new ServiceProcess(
            home, "gateway", () => Assembly("EPerfect.Gateway"), () => PlatformSettings.ForGateway(services));
    }

    public Checkout Checkout { get; }

    public Home Home { get; }

    public Postgres Postgres { get; }

    public Broker Broker { get; }

    public ServiceProcess Gateway { get; }

    /// <summary>The five processes of ours, or more when a service has several instances.</summary>
    public IEnumerable<ServiceProcess> Processes => services.Values.SelectMany(each => each).Append(Gateway);

    public IEnumerable<IPart> Parts => [Postgres, Broker, .. Processes];

    public ServiceProcess FirstInstanceOf(string service) => services[service][0];

    public async Task BuildAsync(CancellationToken ct) => publication = await Publication.MakeAsync(Checkout, ct);

    /// <summary>Builds what is stale and starts what does not run.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        await BuildAsync(ct);
        await Task.WhenAll(Postgres.StartAsync(ct), Broker.StartAsync(ct));
        await Task.WhenAll(Processes.Select(process => process.StartAsync(ct)));
    }

    /// <summary>SIGKILL; returns when the process is gone.</summary>
    /// <param name="name">accounts, orders, orders-2, domains, privacy, gateway, postgres or rabbitmq.</param>
    public Task KillAsync(string name) => Part(name).KillAsync();

    /// <summary>Starts it with the data and the ports that it had; returns when it is ready.</summary>
    public Task StartAgainAsync(string name, CancellationToken ct) => Part(name).StartAsync(ct);

    /// <summary>Asks it to finish and waits until it has.</summary>
    public Task StopAsync(string name) => Part(name).StopAsync();

    public int? ProcessId(string name) => Part(name).Running?.Pid;

    public Uri AddressOf(string name) => ((ServiceProcess)Part(name)).Address;

    /// <summary>SIGSTOP: alive, but answers nothing.</summary>
    public void Pause(string name) => Part(name).Send(Signal.Stop);

    public void Continue(string name) => Part(name).Send(Signal.Continue);

    /// <summary>The processes of ours first: they finish what they have begun while the servers still answer.</summary>
    public async Task StopAsync(IReadOnlySet<IPart>? except = null)
    {
        await StopAsync(Processes);
        await StopAsync([Postgres, Broker]);

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

    private ServiceProcess Service(string service, int number) => new(
        Home,
        number == 1 ? service : $"{service}-{number}",
        () => Assembly($"EPerfect.{char.ToUpperInvariant(service[0])}{service[1..]}"),
        () => PlatformSettings.ForService(Home, Postgres, Broker, service));

    private string Assembly(string project) =>
        (publication ?? throw new LaunchException("Nothing is built yet")).AssemblyOf(project);
}
