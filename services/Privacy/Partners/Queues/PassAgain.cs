using System.Collections.Concurrent;
using EPerfect.Privacy.Partners.Delivery;
using EPerfect.Privacy.Partners.Feed;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>
/// What lies unread in a partner's queue passes the gate again when something was taken away after it was let out, and when
/// a process or a connection begins, which does not know what was. The lane does it that fills the queue, between two sendings:
/// nothing comes out of order. However much is taken away, at most once in some seconds; and once more when whatever
/// another instance held meanwhile, or lost with its connection, lies there again.
/// </summary>
internal sealed class PassAgain(
    QueueChannel channels, DoorLock locks, FeedReader feed, TakenAway takenAway, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>Longer than the broker keeps a connection that says nothing.</summary>
    private static readonly TimeSpan UntilAllIsBack = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<Guid, Passed> passed = new();

    /// <summary>However many partners there are: each holds a session of the database for a moment.</summary>
    private readonly SemaphoreSlim places = new(8, 8);

    /// <returns>What is to pass it again, if anything lies there; null if that need not be, or not yet.</returns>
    public async Task<IUnread?> TakeAsync(Guid partner, CancellationToken cancellationToken)
    {
        var before = passed.GetValueOrDefault(partner);
        var now = time.GetUtcNow();
        if (before?.NotBefore > now) return null;
        // Found first: whatever stands up to there, the gate sees.
        var end = await feed.EndAsync(cancellationToken);
        var isKnown = before is { UpTo: not null, On: { } on } && on == channels.Current;
        var isOnceMore = isKnown && before!.OnceMoreAt <= now;
        if (isKnown && !isOnceMore && !await takenAway.AnyAsync(partner, before!.UpTo!.Value, end, cancellationToken))
        {
            passed[partner] = before with { UpTo = end, NotBefore = now + BetweenLooks };
            return null;
        }

        passed[partner] = new(null, now + Shortest, null, null);
        var unread = await TakeAllAsync(partner, cancellationToken);
        var done = new Passed(end, now + Shortest, isOnceMore ? null : now + UntilAllIsBack, channels.Current);
        return new Unread(unread, () => passed[partner] = done);
    }

    public void Dispose() => places.Dispose();

    private async Task<UnreadMessages> TakeAllAsync(Guid partner, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            return await UnreadMessages.TakeAsync(channels, locks, partner, cancellationToken);
        }
        finally
        {
            places.Release();
        }
    }

    /// <param name="UpTo">What was taken away up to there is out of the queue; null while that is not known.</param>
    /// <param name="NotBefore">Not again before then.</param>
    /// <param name="OnceMoreAt">Then again, whatever was taken away.</param>
    /// <param name="On">The connection by which it was taken out.</param>
    private sealed record Passed(long? UpTo, DateTimeOffset NotBefore, DateTimeOffset? OnceMoreAt, object? On);

    private sealed class Unread(UnreadMessages messages, Action done) : IUnread
    {
        public IReadOnlyList<long> Positions => messages.Positions;

        public async Task DoneAsync(CancellationToken cancellationToken)
        {
            await messages.RemoveAsync(cancellationToken);
            done();
        }

        public ValueTask DisposeAsync() => messages.DisposeAsync();
    }
}
