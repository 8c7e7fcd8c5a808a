namespace EPerfect.Privacy.Partners.Delivery;

/// <summary>
/// Runs a lane for each partner and way that goes on, on one instance at a time. A lane that fails is begun anew
/// within a second, here or elsewhere, from the place that is stored; none waits for another.
/// </summary>
internal sealed partial class FeedPump(
    IEnumerable<IFeedWay> ways,
    FeedProgressStore progress,
    LaneLocks locks,
    FeedLane lanes,
    TimeProvider time,
    ILogger<FeedPump> logger) : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    /// <summary>Who is in the middle of a sending may finish it and store what was confirmed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, IFeedWay> byName = ways.ToDictionary(way => way.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, Task> running = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource ending = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await locks.CheckAsync(stoppingToken);
                foreach (var at in await progress.GoingOnAsync(stoppingToken)) Begin(at, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogPaused(failure.GetType().Name);
            }

            await Task.Delay(Turn, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        ending.CancelAfter(Grace);
        await Task.WhenAll(running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        ending.Dispose();
        base.Dispose();
    }

    private void Begin(FeedProgress at, CancellationToken stopping)
    {
        // A way that an instance of another version has.
        if (!byName.TryGetValue(at.Way, out var way)) return;
        var name = $"feed {at.Way} {at.PartnerId:N}";
        if (running.TryGetValue(name, out var lane) && !lane.IsCompleted) return;
        running[name] = RunAsync(way, at.PartnerId, name, stopping);
    }

    private async Task RunAsync(IFeedWay way, Guid partner, string name, CancellationToken stopping)
    {
        try
        {
            await using var held = await locks.TryTakeAsync(name, stopping);
            if (held is null) return;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, held.Lost);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, held.Lost);
            await lanes.RunAsync(way, partner, stop.Token, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The process stops, or the lock was lost.
        }
        catch (Exception failure)
        {
            LogFailed(failure, way.Name, partner);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Failure}: no lane of the feed is begun for a moment")]
    private partial void LogPaused(string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The feed of partner {PartnerId} by {Way} stopped; it is begun anew")]
    private partial void LogFailed(Exception failure, string way, Guid partnerId);
}
