namespace EPerfect.Operations.Stories;

/// <summary>Causes first, whatever the clocks of two machines say; within a stream as it is stored; beside that by
/// time.</summary>
internal static class CausalOrder
{
    public static IReadOnlyList<StoryEntry> Of(IReadOnlyCollection<StoryEntry> entries)
    {
        var after = entries.ToDictionary(entry => entry.Id, _ => new List<StoryEntry>());
        var before = entries.ToDictionary(entry => entry.Id, _ => 0);
        foreach (var entry in entries.Where(entry => entry.CausedBy is { } cause && after.ContainsKey(cause)))
            Put(entry.CausedBy!.Value, entry);
        foreach (var stream in entries.GroupBy(entry => (entry.Service, entry.StreamId)))
        {
            foreach (var (one, next) in stream.OrderBy(entry => entry.Version).Pairwise()) Put(one.Id, next);
        }

        var free = new PriorityQueue<StoryEntry, (DateTimeOffset, string, Guid, long)>();
        foreach (var entry in entries.Where(entry => before[entry.Id] == 0)) free.Enqueue(entry, PlaceOf(entry));
        var ordered = new List<StoryEntry>(entries.Count);
        while (free.TryDequeue(out var entry, out _))
        {
            ordered.Add(entry);
            foreach (var next in after[entry.Id].Where(next => --before[next.Id] == 0)) free.Enqueue(next, PlaceOf(next));
        }

        return ordered;

        void Put(Guid first, StoryEntry then)
        {
            after[first].Add(then);
            before[then.Id]++;
        }
    }

    private static (DateTimeOffset, string, Guid, long) PlaceOf(StoryEntry entry) =>
        (entry.At, entry.Service, entry.StreamId, entry.Version);

    private static IEnumerable<(StoryEntry, StoryEntry)> Pairwise(this IEnumerable<StoryEntry> entries)
    {
        StoryEntry? last = null;
        foreach (var entry in entries)
        {
            if (last is not null) yield return (last, entry);
            last = entry;
        }
    }
}
