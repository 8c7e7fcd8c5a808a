using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;

namespace EPerfect.Privacy.Partners.Delivery;

/// <summary>Where a way begins that is turned on: where it stopped, else where the agreement began, and if nothing is agreed yet
/// at the end; never with what is not kept any more.</summary>
internal sealed class FeedBeginning(FeedReader feed, FeedProgressStore progress)
{
    public async Task<long> OfAsync(Guid partner, string way, Agreement? agreement, CancellationToken cancellationToken)
    {
        var stopped = await progress.FindAsync(partner, way, cancellationToken);
        // One that is on is where it is.
        if (stopped is { IsOn: true }) return stopped.Position;
        return (stopped?.Position ?? agreement?.Since) is { } from
            ? await feed.OlderThanKeptAsync(from, cancellationToken) ?? from
            : await feed.EndAsync(cancellationToken);
    }
}
