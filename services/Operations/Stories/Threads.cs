using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Stories;

/// <summary>What to ask all services for.</summary>
internal sealed record Question(IReadOnlyList<Guid> Streams, IReadOnlyList<string> Correlations, IReadOnlyList<Guid> Ids)
{
    public string Path => "/operations/events?" + string.Join('&',
    [
        .. Streams.Select(stream => $"stream={stream:D}"),
        .. Correlations.Select(correlation => $"correlation={Uri.EscapeDataString(correlation)}"),
        .. Ids.Select(id => $"id={id:D}"),
    ]);
}

/// <summary>Follows what belongs together, and what something followed from, until nothing new comes.</summary>
internal sealed class Threads(Guid stream)
{
    /// <summary>As many as a service takes at once.</summary>
    private const int MostAsked = 100;

    private readonly Dictionary<Guid, StoryEntry> entries = [];
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> askedIds = [];

    public IReadOnlyCollection<StoryEntry> Entries => entries.Values;

    public Question First { get; } = new([stream], [], []);

    /// <summary>Null when all is known that can be.</summary>
    public Question? Next()
    {
        var correlations = entries.Values.Select(entry => entry.CorrelationId).OfType<string>()
            .Distinct(StringComparer.Ordinal).Where(one => !asked.Contains(one)).Take(MostAsked).ToList();
        var ids = entries.Values.Select(entry => entry.CausedBy).OfType<Guid>()
            .Distinct().Where(id => !entries.ContainsKey(id) && !askedIds.Contains(id))
            .Take(MostAsked - correlations.Count).ToList();
        asked.UnionWith(correlations);
        askedIds.UnionWith(ids);
        return correlations.Count + ids.Count == 0 ? null : new([], correlations, ids);
    }

    public void Add(string service, IEnumerable<StoredEvent> events)
    {
        foreach (var e in events)
        {
            entries.TryAdd(e.Id, new StoryEntry(
                e.Id, service, e.Event, e.Stream, e.StreamId, e.Version, e.At, Who.Of(e.Actor, e.Role),
                e.CausedBy, e.CommandId, e.CorrelationId, Telemetry.TraceIdOf(e.TraceParent)));
        }
    }
}
