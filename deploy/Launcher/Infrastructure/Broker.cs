using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>
/// A private RabbitMQ node with its own Erlang port mapper, cookie, data and ports, loopback only. Users, permissions
/// and topology come from one definitions file that the node loads while it boots.
/// </summary>
internal sealed class Broker(Home home, string? topologyFile = null) : IPart
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Daemon node = home.Daemon("rabbitmq");
    private readonly PortMapper portMapper = new(home);

    public string Name => "rabbitmq";

    public ProcessIdentity? Running => node.Running;

    public string LogFile => node.LogFile;

    public string DataFolder => home.DataOf("rabbitmq");

    public int Port => home.Ports["rabbitmq"];

    public IReadOnlyList<string> VirtualHosts { get; init; } = [BrokerDefinitions.VirtualHost];

    public string PasswordOf(string user) => home.Secrets[$"rabbitmq-{user}"];

    public string UriFor(string user, string virtualHost = BrokerDefinitions.VirtualHost, int? port = null) =>
        $"amqp://{user}:{PasswordOf(user)}@127.0.0.1:{port ?? Port}/{virtualHost}";

    /// <summary>Where partners' users are made and taken away.</summary>
    public string Administration => new UriBuilder("http", "127.0.0.1", home.Ports["rabbitmq-management"])
    {
        UserName = BrokerDefinitions.PartnerAccess,
        Password = PasswordOf(BrokerDefinitions.PartnerAccess),
    }.Uri.AbsoluteUri;

    private BrokerFiles Files => new(DataFolder);

    public async Task StartAsync(CancellationToken ct)
    {
        var definitions = BrokerDefinitions.Write(VirtualHosts, PasswordOf, await TopologyAsync(ct));
        if (node.Running is not null)
        {
            await ImportIfChangedAsync(definitions, ct);
            return;
        }

        var binaries = Find();
        Files.Write(home, definitions);
        await portMapper.StartAsync(binaries, ct);
        var offset = LogTail.Length(LogFile);
        await node.StartAsync(new DaemonCommand(binaries.Server)
        {
            RunAs = SystemUser.RabbitMq,
            DiesWithUs = home.ChildrenDieWithUs,
            WorkingDirectory = DataFolder,
            Environment = BrokerEnvironment.For(home, DataFolder),
        });
        await ReadyAsync(offset, ct);
        Files.RememberImported(definitions);
    }

    public async Task StopAsync()
    {
        await node.StopAsync(Signal.Terminate, TimeSpan.FromSeconds(30));
        await portMapper.StopAsync();
    }

    public Task KillAsync() => node.KillAsync();

    public void Send(Signal signal) => node.Send(signal);

    /// <summary>Adds to what the running node knows. Takes seconds: an Erlang machine starts to say it.</summary>
    public async Task ImportAsync(string definitions, CancellationToken ct)
    {
        var file = Files.WriteForImport(definitions);
        var environment = BrokerEnvironment.For(home, DataFolder);
        var result = await Tool.RunAsync(
            SystemUser.RabbitMq, DataFolder, environment, [Find().Control, "import_definitions", file], ct);
        File.Delete(file);
        if (result.ExitCode != 0)
            throw new LaunchException($"RabbitMQ refused its definitions: {result.Output.Trim()}", LogFile);
    }

    private async Task ImportIfChangedAsync(string definitions, CancellationToken ct)
    {
        if (Files.WasImported(definitions))
            return;
        await ImportAsync(definitions, ct);
        Files.RememberImported(definitions);
    }

    private async Task<string?> TopologyAsync(CancellationToken ct) =>
        topologyFile is not null && File.Exists(topologyFile) ? await File.ReadAllTextAsync(topologyFile, ct) : null;

    private static RabbitMqBinaries Find() =>
        RabbitMqBinaries.Find() ?? throw new LaunchException($"RabbitMQ {RabbitMqBinaries.Oldest} is not installed");

    private async Task ReadyAsync(long logOffset, CancellationToken ct)
    {
        var ready = await Poll.UntilAsync(_ =>
        {
            if (node.Running is null)
                throw new LaunchException("RabbitMQ ended while it was starting", LogFile);
            // The listener opens earlier, before the definitions are loaded.
            var log = LogTail.ReadFrom(LogFile, logOffset);
            return Task.FromResult(log.Contains("Server startup complete", StringComparison.Ordinal));
        }, Patience, ct);
        if (!ready)
            throw new LaunchException($"RabbitMQ was not ready within {Patience.TotalSeconds} s", LogFile);
    }
}
