using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Pull;

/// <summary>Where a page begins. Who names no position begins where the agreement began, or with the oldest that is
/// kept.</summary>
internal sealed record PullPosition(long From, Refusal? Refusal = null)
{
    public static async Task<PullPosition> OfAsync(
        FeedReader feed, long? after, long since, CancellationToken cancellationToken)
    {
        if (await feed.IsAheadAsync(after, cancellationToken)) return new(since, PullRefusals.Ahead);
        if (await feed.OlderThanKeptAsync(after ?? since, cancellationToken) is not { } oldest) return new(after ?? since);
        return new(oldest, after is null ? null : PullRefusals.TooOld(oldest));
    }
}
