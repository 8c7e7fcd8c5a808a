namespace EPerfect.Privacy.Partners.Queues;

/// <summary>Who may read its queue at the broker is whose agreement is in force: looked after all the time, on every
/// instance, because each call may be repeated.</summary>
internal sealed partial class QueueDoors(
    BrokerAdministration administration,
    PartnerQueue queue,
    DoorLock locks,
    PartnerDoor doors,
    TakeBack takeBack,
    TimeProvider time,
    ILogger<QueueDoors> logger) : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Guid, DoorState> stands = [];

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
        // One question for all: most doors stand as they are to.
        foreach (var sign in await doors.SignsAsync(cancellationToken))
        {
            try
            {
                await LookAsync(sign, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogAway(failure.GetType().Name, sign.PartnerId); // the others' doors are looked after all the same
            }
        }
    }

    private async Task LookAsync(DoorSign sign, CancellationToken cancellationToken)
    {
        var partner = sign.PartnerId;
        if (!stands.TryGetValue(partner, out var stood) || !stood.Holds(sign, time.GetUtcNow()))
        {
            await using var held = await locks.TakeAsync(partner, cancellationToken);
            // As it is now that nobody else changes it.
            var now = await doors.LookAsync(partner, cancellationToken);
            await MoveAsync(partner, now.Door, cancellationToken);
            stands[partner] = now;
        }

        // Each time: what was on its way when the door was shut comes in after it.
        if (stands[partner].Door == Door.Shut) await takeBack.AllAsync(partner, cancellationToken);
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

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "{Failure}: the door of partner {PartnerId} was not looked after for a moment")]
    private partial void LogAway(string failure, Guid partnerId);
}
