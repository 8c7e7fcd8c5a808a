using System.Collections.Concurrent;

namespace EPerfect.Privacy.Tests.Partners.Killed;

/// <summary>An event that has come to a partner.</summary>
internal sealed record Arrival(Guid Id, Guid Subject, long Sequence, long Position);

/// <summary>What has come by one way, repeats included, in the order in which it came.</summary>
internal sealed class Taken
{
    private readonly ConcurrentQueue<Arrival> arrivals = new();
    private readonly ConcurrentDictionary<Guid, bool> seen = new();

    public int Count => seen.Count;

    /// <summary>As one who skips what it has seen.</summary>
    public IReadOnlyList<Arrival> Once => [.. arrivals.DistinctBy(one => one.Id)];

    public void Add(Arrival arrival)
    {
        arrivals.Enqueue(arrival);
        seen.TryAdd(arrival.Id, true);
    }
}
