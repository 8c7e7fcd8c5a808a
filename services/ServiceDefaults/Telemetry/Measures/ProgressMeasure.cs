namespace EPerfect.ServiceDefaults;

/// <summary>How far the publisher and the projections are behind what is stored.</summary>
internal sealed class ProgressMeasure(ShardProgress progress, TimeProvider clock) : IMeasure
{
    private static readonly Gauge Lag = new(
        "eperfect.progress.lag", "{event}", "Events that are stored and not taken up yet, by shard; the publisher is one");

    private static readonly Gauge Age = new(
        "eperfect.progress.age", "s", "How long the oldest event that is not taken up has been stored, by shard");

    public IReadOnlyList<Gauge> Gauges { get; } = [Lag, Age];

    public async Task<IReadOnlyList<Measured>> ReadAsync(CancellationToken cancellationToken) =>
    [
        .. from place in await progress.ReadAsync(cancellationToken)
           let age = place.Oldest is { } stored ? Math.Max(0, (clock.GetUtcNow() - stored).TotalSeconds) : 0
           from one in new[] { (Lag, (double)place.Behind), (Age, age) }
           select Measured.Of(one.Item1, one.Item2, "shard", place.Shard),
    ];
}
