using JasperFx;
using JasperFx.Events.Daemon;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Brings stopped projections and the publisher back. When a page fails, the daemon may already have begun the next
/// one, whose progress then does not fit; it takes that for a second node at work and stops the shard until the process
/// ends. Taken off the list, the shard is started anew by the coordinator, from the progress that is stored, on the
/// node that leads.
/// </summary>
internal sealed partial class StoppedShards(IProjectionCoordinator coordinator, ILogger<StoppedShards> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await BringBackAsync(coordinator.DaemonForMainDatabase());
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failure);
            }
        }
    }

    private async Task BringBackAsync(IProjectionDaemon daemon)
    {
        foreach (var shard in daemon.CurrentAgents().Where(agent => agent.Status == AgentStatus.Stopped))
        {
            LogStopped(shard.Name.Identity);
            await daemon.StopAgentAsync(shard.Name.Identity);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Shard} had stopped and is started anew")]
    private partial void LogStopped(string shard);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopped shards could not be looked after; tried again soon")]
    private partial void LogFailed(Exception failure);
}
