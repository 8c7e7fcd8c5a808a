using JasperFx;
using Microsoft.Extensions.Logging;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Brings stopped projections and the publisher back. When a page fails, the daemon may already have begun the next
/// one, whose progress then does not fit; it takes that for a second node at work and stops the shard until the process
/// ends. Taken off the list, the shard is started anew by the coordinator, from the progress that is stored, on the
/// node that leads. One that failed at an event is only paused, and started anew by the coordinator itself; why it failed is
/// written down for whoever asks any instance.
/// </summary>
internal sealed partial class StoppedShards(
    IProjectionCoordinator coordinator, ShardFailures failures, TimeProvider clock, ILogger<StoppedShards> logger)
    : PeriodicWork(TimeSpan.FromSeconds(2), clock, logger)
{
    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        var daemon = coordinator.DaemonForMainDatabase();
        foreach (var shard in daemon.CurrentAgents())
        {
            if (shard.Failure is { } failure) await failures.WriteAsync(shard.Name.Identity, failure, cancellationToken);
        }

        foreach (var shard in daemon.CurrentAgents().Where(agent => agent.Status == AgentStatus.Stopped))
        {
            LogStopped(Logger, shard.Name.Identity);
            await daemon.StopAgentAsync(shard.Name.Identity);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Shard} had stopped and is started anew")]
    private static partial void LogStopped(ILogger logger, string shard);
}
