using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Delivery;
using Marten;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>Who may read its queue at the broker is whose agreement is in force: looked after all the time, on every
/// instance, because each call may be repeated.</summary>
internal sealed partial class QueueDoors(
    BrokerAdministration administration,
    PartnerQueue queue,
    DoorLock locks,
    FeedProgressStore progress,
    IDocumentStore store,
    TimeProvider time,
    ILogger<QueueDoors> logger) : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Guid, Door> stands = [];

    private enum Door
    {
        Open,
        Shut,
        Gone,
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (queue.Administration is null) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogAway(failure.GetType().Name);
            }

            await Task.Delay(Turn, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        foreach (var at in await progress.ByWayAsync(QueueWay.Way, cancellationToken))
        {
            if (stands.TryGetValue(at.PartnerId, out var stood)
                && stood == await DoorAsync(session, at, cancellationToken)) continue;
            await using var held = await locks.TakeAsync(at.PartnerId, cancellationToken);
            // As it is now that nobody else changes it.
            var now = await progress.FindAsync(at.PartnerId, QueueWay.Way, cancellationToken);
            await using var fresh = store.LightweightSession();
            var door = await DoorAsync(fresh, now, cancellationToken);
            await MoveAsync(at.PartnerId, door, cancellationToken);
            stands[at.PartnerId] = door;
        }
    }

    private async Task<Door> DoorAsync(IDocumentSession session, FeedProgress? at, CancellationToken cancellationToken)
    {
        if (at is not { IsOn: true }) return Door.Gone;
        var partner = await session.Events.FetchLatest<Partner>(at.PartnerId, cancellationToken);
        return partner?.State is null or PartnerState.Ended ? Door.Gone
            : partner.InForce(time.GetUtcNow()) is null ? Door.Shut
            : Door.Open;
    }

    private Task MoveAsync(Guid partner, Door door, CancellationToken cancellationToken) => door switch
    {
        Door.Open => administration.AllowAsync(partner, cancellationToken),
        Door.Shut => administration.ShutOutAsync(partner, cancellationToken),
        _ => administration.RemoveAsync(partner, cancellationToken),
    };

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "{Failure}: who may read at the broker was not looked after for a moment")]
    private partial void LogAway(string failure);
}
