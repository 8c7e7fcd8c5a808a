using System.Collections.Concurrent;
using EPerfect.Launcher.Infrastructure;
using Xunit;

namespace EPerfect.Testing;

/// <summary>
/// A private RabbitMQ for one test process, started by the launcher's code when the first test asks for a virtual host
/// and gone with the process. To be declared with <c>[assembly: AssemblyFixture(typeof(BrokerServer))]</c>.
/// </summary>
public sealed class BrokerServer : IAsyncLifetime
{
    // Made while the node boots, because asking a running node for one starts a second Erlang machine.
    private const int Batch = 24;

    private readonly Lazy<Task<Broker>> server;
    private readonly ConcurrentQueue<string> unused = new();
    private readonly SemaphoreSlim refill = new(1, 1);
    private Home? home;
    private int made;

    /// <summary>Nothing is started here.</summary>
    public BrokerServer() => server = new Lazy<Task<Broker>>(StartAsync);

    /// <summary>Nothing to do: the server starts when it is first needed.</summary>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A virtual host of its own, with every service's user and its permissions, and with this
    /// topology.</summary>
    /// <param name="topology">Exchanges, queues and bindings in RabbitMQ's definitions format; null for none.</param>
    /// <param name="ct">Gives up waiting.</param>
    public async Task<TestVirtualHost> CreateVirtualHostAsync(string? topology = null, CancellationToken ct = default)
    {
        var broker = await server.Value;
        string? name;
        while (!unused.TryDequeue(out name))
            await RefillAsync(broker, ct);
        var host = new TestVirtualHost(name, broker);
        if (topology is not null)
            await host.ImportAsync(topology, allIsHeard: true, ct);
        return host;
    }

    /// <summary>Every file of the node: for searching it for what must not be there.</summary>
    public async Task<string> DataFolderAsync() => (await server.Value).DataFolder;

    /// <summary>Pulls the plug: SIGKILL, and the node is gone when this returns.</summary>
    public async Task KillAsync() => await (await server.Value).KillAsync();

    /// <summary>Starts the node again after <see cref="KillAsync"/>; durable queues and messages are as they
    /// were.</summary>
    public async Task StartAgainAsync(CancellationToken ct = default) => await (await server.Value).StartAsync(ct);

    /// <summary>Stops the node and its port mapper, and deletes their files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (server.IsValueCreated)
        {
            var broker = await server.Value;
            await broker.KillAsync();
            await broker.StopAsync();
            home!.Delete();
        }

        refill.Dispose();
    }

    private async Task<Broker> StartAsync()
    {
        await Requirements.EnsureAsync(CancellationToken.None);
        home = Sandbox.Create("rabbitmq", passing: true);
        var names = NextNames();
        var broker = new Broker(home) { VirtualHosts = names };
        await broker.StartAsync(CancellationToken.None);
        names.ForEach(unused.Enqueue);
        return broker;
    }

    private async Task RefillAsync(Broker broker, CancellationToken ct)
    {
        await refill.WaitAsync(ct);
        try
        {
            if (!unused.IsEmpty)
                return;
            var names = NextNames();
            await broker.ImportAsync(BrokerDefinitions.Write(names, broker.PasswordOf, topology: null), ct);
            names.ForEach(unused.Enqueue);
        }
        finally
        {
            refill.Release();
        }
    }

    private List<string> NextNames() =>
        [.. Enumerable.Range(0, Batch).Select(_ => $"test-{Interlocked.Increment(ref made)}")];
}
