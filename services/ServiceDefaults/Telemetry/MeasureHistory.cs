using System.Collections.Concurrent;

namespace EPerfect.ServiceDefaults;

/// <summary>The values of the last quarter of an hour, in memory: enough to see where something is going.</summary>
internal sealed class MeasureHistory
{
    private const int Kept = 90;

    private readonly ConcurrentDictionary<IMeasure, IReadOnlyDictionary<string, MeasuredSeries>> known = [];

    /// <summary>What was seen now follows what was seen before; what is not seen any more is forgotten.</summary>
    public void Add(IMeasure measure, IReadOnlyList<Measured> seen)
    {
        var before = known.GetValueOrDefault(measure);
        known[measure] = seen.GroupBy(KeyOf, StringComparer.Ordinal).ToDictionary(
            one => one.Key, one => Follow(one.Last(), before?.GetValueOrDefault(one.Key)), StringComparer.Ordinal);
    }

    /// <summary>It cannot be looked up: no value is better than an old one.</summary>
    public void Forget(IMeasure measure) => known.TryRemove(measure, out _);

    public IReadOnlyList<MeasuredSeries> Read() =>
        [.. known.Values.SelectMany(each => each).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value)];

    private static MeasuredSeries Follow(Measured seen, MeasuredSeries? before) => new(
        seen.Gauge.Name,
        seen.Tags.ToDictionary(tag => tag.Key, tag => $"{tag.Value}", StringComparer.Ordinal),
        seen.Value,
        [.. (before?.History ?? []).TakeLast(Kept - 1), seen.Value]);

    private static string KeyOf(Measured seen) =>
        $"{seen.Gauge.Name} {string.Join(' ', seen.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}";
}
