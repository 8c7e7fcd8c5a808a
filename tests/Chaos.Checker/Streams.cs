namespace EPerfect.Chaos.Checker;

/// <summary>Each stream is whole: no version missing, none twice, and as long as it says.</summary>
internal static class Streams
{
    // Marten fills the place of what it could not append with tombstones, in streams that have no length.
    private const string Torn = """
        select s.id, s.version, count(e.seq_id), coalesce(max(e.version), 0)
        from store.mt_streams s left join store.mt_events e on e.stream_id = s.id
        where e.type is distinct from 'tombstone'
        group by s.id, s.version
        having count(e.seq_id) <> s.version or coalesce(max(e.version), 0) <> s.version
        """;

    public static async Task<IReadOnlyList<Violation>> CheckAsync(Stores stores)
    {
        var violations = new List<Violation>();
        foreach (var service in Stores.Services)
        {
            violations.AddRange(await stores.QueryAsync(service, Torn, row => new Violation(
                "stream-torn",
                $"{service} {row.GetGuid(0)}",
                $"says {row.GetInt64(1)} events, has {row.GetInt64(2)} up to version {row.GetInt64(3)}")));
        }

        return violations;
    }
}
