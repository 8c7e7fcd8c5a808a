using JasperFx.Events.Daemon;
using Marten;
using Marten.Events.Daemon.Coordination;
using Marten.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Polly;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Of the instances of a service, one at a time runs each projection and the publisher. As Marten coordinates it, but
/// with <see cref="LeaderLocks"/> and <see cref="AppendWakeup"/>.
/// </summary>
internal sealed class Leadership(
    IDocumentStore store,
    [FromKeyedServices(Locks.Key)] NpgsqlDataSource database,
    AppendWakeup wakeup,
    TimeProvider clock,
    ILogger<Leadership> logger)
    : ProjectionCoordinatorBase(
        DistributorOf((DocumentStore)store, database),
        logger,
        ResiliencePipeline.Empty,
        clock,
        Polling,
        AgentPause,
        Polling), Marten.Events.Daemon.Coordination.IProjectionCoordinator
{
    private static readonly TimeSpan Polling = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AgentPause = TimeSpan.FromSeconds(1);
    private readonly Lock turn = new();
    private IProjectionDaemon? daemon;

    public override IProjectionDaemon DaemonForMainDatabase()
    {
        lock (turn) return daemon ??= Build();
    }

    public override ValueTask<IProjectionDaemon> DaemonForDatabase(string databaseIdentifier) => new(DaemonForMainDatabase());

    public override ValueTask<IReadOnlyList<IProjectionDaemon>> AllDaemonsAsync() => new([DaemonForMainDatabase()]);

    protected override IProjectionDaemon ResolveDaemon(IProjectionSet set) => DaemonForMainDatabase();

    protected override IReadOnlyList<IProjectionDaemon> ResolvedDaemons()
    {
        lock (turn) return daemon is null ? [] : [daemon];
    }

    protected override void ClearResolvedDaemons()
    {
        lock (turn) daemon = null;
    }

    private IProjectionDaemon Build()
    {
        ((DocumentStore)store).Options.Projections.Wakeup = wakeup;
        // Nothing in it waits: the tables are there.
        return store.BuildProjectionDaemonAsync().AsTask().GetAwaiter().GetResult();
    }

    private static SingleTenantProjectionDistributor DistributorOf(DocumentStore store, NpgsqlDataSource database) => new(
        () => (IProjectionDatabase)store.Storage.Database,
        () => store.Options.Projections.AllShards().Select(shard => shard.Name),
        _ => new LeaderLocks(database),
        (of, names, lockId) => new ProjectionSet(lockId, (MartenDatabase)of, names),
        MartenBaseline.Schema,
        store.Options.Projections.DaemonLockId);
}
