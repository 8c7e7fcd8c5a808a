using System.Reflection;
using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Processes;
using EPerfect.Launcher.Running;

namespace EPerfect.Testing;

/// <summary>An instance of a service in a process of its own, on a test's databases and broker: to be killed. It ends with the
/// test process, however that ends.</summary>
public sealed class TestInstance : IAsyncDisposable
{
    private readonly Home home;
    private readonly ServiceProcess process;

    private TestInstance(Home home, ServiceProcess process) => (this.home, this.process) = (home, process);

    /// <summary>Where it listens, the same after a kill.</summary>
    public Uri Address => process.Address;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="program">The service's program.</param>
    /// <param name="database">Where the schema is already.</param>
    /// <param name="broker">Where its queues are.</param>
    /// <param name="issuer">Whose tokens it trusts.</param>
    /// <param name="settings">What else it is told.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<TestInstance> StartAsync(
        Assembly program,
        TestDatabase database,
        TestVirtualHost broker,
        TestIssuer issuer,
        IReadOnlyDictionary<string, string> settings,
        CancellationToken cancellationToken)
    {
        var folder = Sandbox.Create(database.Role);
        var instance = new TestInstance(folder, new(folder, database.Role, () => program.Location, Surroundings));
        await instance.StartAgainAsync(cancellationToken);
        return instance;

        Variables Surroundings()
        {
            var all = new Variables
            {
                ["ConnectionStrings__Store"] = database.Store,
                ["ConnectionStrings__Keys"] = database.Keys,
                ["PersonalData__KeyFile"] = database.KeyFile,
                ["Broker__Uri"] = broker.UriFor(database.Role),
                ["Broker__Administration"] = broker.Administration,
                ["Identity__Issuer"] = issuer.Issuer,
            };
            foreach (var (name, value) in settings) all[name] = value;
            return all;
        }
    }

    /// <summary>SIGKILL; the process is gone when this returns.</summary>
    public Task KillAsync() => process.KillAsync();

    /// <summary>Starts it at the same address, and waits until it is ready.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task StartAgainAsync(CancellationToken cancellationToken) => process.StartAsync(cancellationToken);

    /// <summary>Ends it and deletes what it wrote.</summary>
    public async ValueTask DisposeAsync()
    {
        await process.KillAsync();
        home.Delete();
    }
}
