using EPerfect.Privacy.Partners.Feed;

namespace EPerfect.Privacy.Partners.Delivery;

/// <summary>
/// Brings a partner, by one way, what comes after its place: in order, one sending after the other, each through the gate
/// at the moment of sending. The place moves when the other side has confirmed: killed in between, it is sent again.
/// </summary>
internal sealed class FeedLane(
    FeedReader feed,
    FeedGate gate,
    CloudEvents events,
    FeedProgressStore progress,
    FeedSignal signal,
    TimeProvider time) : IDisposable
{
    private const int PageSize = 100;

    /// <summary>So far a place may lag behind when nothing in between is an entry of the feed.</summary>
    private const int LongestEmptyStretch = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>However many partners there are, the database is asked for so many at once. Sending is not counted.</summary>
    private readonly SemaphoreSlim asking = new(8, 8);

    /// <param name="way">By which way.</param>
    /// <param name="partner">To whom.</param>
    /// <param name="stopping">Begins nothing more.</param>
    /// <param name="ending">Gives up what it is in the middle of.</param>
    public async Task RunAsync(IFeedWay way, Guid partner, CancellationToken stopping, CancellationToken ending)
    {
        while (!stopping.IsCancellationRequested)
        {
            // Taken before looking: what is committed meanwhile is looked at once more.
            var commit = signal.Next;
            if (await progress.FindGoingOnAsync(partner, way.Name, stopping) is not { } at) return;
            foreach (var position in at.Redeliver)
            {
                if (await way.IsHeldAsync(stopping) || !await SendAgainAsync(way, at, position, stopping, ending)) break;
            }

            if (await way.TakeUnreadAsync(partner, stopping) is { } unread)
                await using (unread) await SendAnewAsync(way, at, unread, stopping, ending);

            var pace = at.NextAttemptAt > time.GetUtcNow() ? Pace.Rest : await AdvanceAsync(way, at, stopping, ending);
            if (pace == Pace.Rest) await Task.Delay(Pause, time, stopping);
            if (pace == Pace.Listen) await signal.WaitAsync(commit, stopping);
        }
    }

    public void Dispose() => asking.Dispose();

    private async Task<Pace> AdvanceAsync(
        IFeedWay way, FeedProgress? at, CancellationToken stopping, CancellationToken ending)
    {
        var after = at!.Position;
        var page = await AskAsync(() => feed.ReadAsync(after, PageSize, stopping), stopping);
        if (page.Entries.Count == 0)
        {
            if (page.Next - after >= LongestEmptyStretch) await progress.MoveAsync(at, page.Next, stopping);
            return Pace.Listen;
        }

        foreach (var entries in page.Entries.Chunk(way.MostAtOnce))
        {
            if (await way.IsHeldAsync(stopping)) return Pace.Rest;
            if (await way.NotBeforeAsync(at.PartnerId, stopping) is { } pause)
                return await RestAsync(at, pause, ending);
            var answer = await AskAsync(() => LetOutAsync(at, entries, stopping), stopping);
            if (answer.InForce is null) return Pace.Rest;
            var sending = await SendAsync(way, at, answer.Cleared, ending);
            var isDone = sending.Confirmed == answer.Cleared.Count;
            var to = isDone ? entries[^1].Position
                : sending.Confirmed > 0 ? answer.Cleared[sending.Confirmed - 1].Entry.Position
                : at.Position;
            if (to > at.Position) at = await progress.MoveAsync(at, to, ending);
            if (!isDone && at is not null) return await RestAsync(at, sending.RetryIn, ending);

            // Turned off meanwhile, replayed, or asked for something once more: it is looked at anew.
            if (at is not { IsOn: true, Redeliver.Count: 0 }) return Pace.GoOn;
            stopping.ThrowIfCancellationRequested();
        }

        return Pace.GoOn;
    }

    private async Task<Pace> RestAsync(FeedProgress at, TimeSpan pause, CancellationToken ending)
    {
        var now = time.GetUtcNow();
        await progress.FailAsync(at, now, now + pause, ending);
        return Pace.Rest;
    }

    /// <summary>Once, whatever comes of it, and out of order: the partner has asked for that.</summary>
    /// <returns>Whether deliveries go on: what was asked for before they stopped is sent when they do.</returns>
    private async Task<bool> SendAgainAsync(
        IFeedWay way, FeedProgress at, long position, CancellationToken stopping, CancellationToken ending)
    {
        var page = await AskAsync(() => feed.ReadAsync(position - 1, 1, stopping), stopping);
        FeedEntry[] entries = [.. page.Entries.Where(entry => entry.Position == position)];
        var answer = await AskAsync(() => LetOutAsync(at, entries, stopping), stopping);
        if (answer.InForce is null) return false;
        await SendAsync(way, at with { Failures = 0, FailingSince = null }, answer.Cleared, ending);
        await progress.SentAgainAsync(at, position, ending);
        return true;
    }

    /// <summary>What lies unread passes the gate again, all of it before anything is sent: a gate that fails leaves nothing
    /// behind. It is removed where it lies when what takes its place is there: killed in between, some comes twice and nothing
    /// is lost.</summary>
    private async Task SendAnewAsync(
        IFeedWay way, FeedProgress at, IUnread unread, CancellationToken stopping, CancellationToken ending)
    {
        var cleared = new List<Cleared>();
        foreach (var positions in unread.Positions.Chunk(way.MostAtOnce))
        {
            var entries = await AskAsync(() => feed.AtAsync(positions, stopping), stopping);
            var answer = await AskAsync(() => LetOutAsync(at, entries, stopping), stopping);
            if (answer.InForce is null) return;
            cleared.AddRange(answer.Cleared);
        }

        foreach (var some in cleared.Chunk(way.MostAtOnce))
            if ((await SendAsync(way, at, some, ending)).Confirmed < some.Length) return;
        await unread.DoneAsync(ending);
    }

    private Task<GateAnswer> LetOutAsync(FeedProgress at, FeedEntry[] entries, CancellationToken stopping) =>
        gate.AskAsync(at.PartnerId, at.Way, [.. entries.Where(at.Takes)], stopping);

    private Task<Sending> SendAsync(
        IFeedWay way, FeedProgress at, IReadOnlyList<Cleared> cleared, CancellationToken ending) => cleared.Count == 0
            ? Task.FromResult(new Sending(0))
            : way.SendAsync(
                new Parcel(at.PartnerId, [.. cleared.Select(events.Render)], at.Failures, at.FailingSince), ending);

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken stopping)
    {
        await asking.WaitAsync(stopping);
        try
        {
            return await ask();
        }
        finally
        {
            asking.Release();
        }
    }

    private enum Pace
    {
        /// <summary>There may be more.</summary>
        GoOn,

        /// <summary>There is nothing until something is committed.</summary>
        Listen,

        /// <summary>Not now: the partner failed, or nothing is to be sent to it.</summary>
        Rest,
    }
}
