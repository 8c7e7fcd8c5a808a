using EPerfect.Privacy.Partners.Delivery;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>
/// What lies unread in the queue of a partner that is shut out is taken back: when deliveries go on, it passes the gate
/// again, for consent may be withdrawn or a person erased by then. The place moves before anything is removed, and a lane that
/// waits for the broker to confirm what we hold stores no place beyond it: killed in between, some comes twice and nothing
/// is lost.
/// </summary>
internal sealed class TakeBack(QueueChannel channels, DoorLock locks, FeedProgressStore progress)
{
    public async Task AllAsync(Guid partner, CancellationToken cancellationToken)
    {
        await using var unread = await UnreadMessages.TakeAsync(channels, locks, partner, cancellationToken);
        if (unread.Positions is not [var first, ..]) return;
        await progress.TakeBackAsync(partner, QueueWay.Way, first, cancellationToken);
        await unread.RemoveAsync(cancellationToken);
    }
}
