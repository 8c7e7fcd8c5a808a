using Marten;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// How far the publisher and the projections are. Compared with the store itself, not with the daemon's own mark: when the part
/// that moves that mark is dead, the usual check sees no lag at all. So it is stuck for whatever reason: it failed, it was
/// stopped, nobody leads.
/// </summary>
internal sealed class ShardProgress(IDocumentStore store, NpgsqlDataSource database)
{
    private static readonly string Query = $"""
        select s.name, m.newest - coalesce(p.last_seq_id, 0),
          (select e.timestamp from {MartenBaseline.Schema}.mt_events e
           where e.seq_id > coalesce(p.last_seq_id, 0) order by e.seq_id limit 1),
          p.last_updated, f.failure, f.event_sequence
        from unnest($1) s(name)
        cross join (select coalesce(max(seq_id), 0) newest from {MartenBaseline.Schema}.mt_events) m
        left join {MartenBaseline.Schema}.mt_event_progression p on p.name = s.name
        left join {ShardFailures.Name} f on f.shard = s.name and f.stood_at = coalesce(p.last_seq_id, 0)
        order by 3, 1
        """;

    public async Task<IReadOnlyList<ShardPlace>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Query);
        command.Parameters.AddWithValue(
            ((DocumentStore)store).Options.Projections.AllShards().Select(shard => shard.Name.Identity).ToArray());
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<ShardPlace>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(new(
                rows.GetString(0),
                Math.Max(0, rows.GetInt64(1)),
                await rows.GetFieldValueAsync<DateTimeOffset?>(2, cancellationToken),
                await rows.GetFieldValueAsync<DateTimeOffset?>(3, cancellationToken),
                await rows.IsDBNullAsync(4, cancellationToken) ? null : rows.GetString(4),
                await rows.GetFieldValueAsync<long?>(5, cancellationToken)));
        }

        return found;
    }
}

/// <summary>Where the publisher or a projection is.</summary>
/// <param name="Shard">Such as <c>publisher:All</c>.</param>
/// <param name="Behind">How many events are stored that it has not taken up.</param>
/// <param name="Oldest">When the oldest of them was stored; null if there is none.</param>
/// <param name="Moved">When it moved last; null if it never has.</param>
/// <param name="Failure">The type of the exception that it has failed by since; null if it has not, or nobody knows.</param>
/// <param name="EventSequence">The event at which it failed.</param>
public sealed record ShardPlace(
    string Shard, long Behind, DateTimeOffset? Oldest, DateTimeOffset? Moved, string? Failure, long? EventSequence)
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(30);

    /// <summary>Something has waited for it for long, and in all that time it has not moved.</summary>
    internal bool IsStuck(DateTimeOffset now) => Oldest < now - Tolerated && (Moved is null || Moved < now - Tolerated);
}
