using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Delivery;

/// <summary>How far behind each partner's deliveries are. Up to a thousand entries are counted.</summary>
internal sealed class LagMeasure(FeedProgressStore progress, FeedReader feed, TimeProvider clock) : IMeasure
{
    private static readonly Gauge Lag = new(
        "eperfect.partner.lag", "{entry}", "Entries that were not brought to the partner yet, by partner and way");

    private static readonly Gauge Age = new(
        "eperfect.partner.age", "s", "How long the oldest of them has been waiting, by partner and way");

    public IReadOnlyList<Gauge> Gauges { get; } = [Lag, Age];

    public async Task<IReadOnlyList<Measured>> ReadAsync(CancellationToken cancellationToken)
    {
        var found = new List<Measured>();
        var end = await feed.EndAsync(cancellationToken);
        foreach (var at in await progress.GoingOnAsync(cancellationToken))
        {
            var (waiting, since) = await feed.WaitingAsync(at.Position, end, cancellationToken);
            KeyValuePair<string, object?>[] of = [new("partner", at.PartnerId.ToString()), new("way", at.Way)];
            found.Add(new(Lag, waiting, of));
            found.Add(new(Age, since is { } then ? Math.Max(0, (clock.GetUtcNow() - then).TotalSeconds) : 0, of));
        }

        return found;
    }
}
