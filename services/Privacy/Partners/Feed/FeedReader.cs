using JasperFx.Events;
using Marten;
using Npgsql;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>An entry as it stands in the feed.</summary>
/// <param name="Recorded">What happened.</param>
/// <param name="Position">Its place in the store: what all ways of taking the feed speak of.</param>
/// <param name="Sequence">Its place among all about the same subject, from 1.</param>
/// <param name="TraceParent">The trace that it belongs to (W3C).</param>
internal sealed record FeedEntry(FeedEntryRecorded Recorded, long Position, long Sequence, string? TraceParent);

/// <summary>Some entries, and the last position that was looked at.</summary>
internal sealed record FeedPage(IReadOnlyList<FeedEntry> Entries, long Next);

/// <summary>Reads the feed in the order of the store, and no further than nothing can be added before.</summary>
internal sealed class FeedReader(NpgsqlDataSource database, IDocumentStore store, TimeProvider time)
{
    /// <summary>How long a partner can go back.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public const string StoredAs = "feed_entry_recorded";

    /// <summary>Of what there is in the store, entries by their time: few of all events are any.</summary>
    public const string ByTime = $"(timestamp, seq_id) where type = '{StoredAs}'";

    private string Schema => store.Options.DatabaseSchemaName;

    public async Task<FeedPage> ReadAsync(long after, int limit, CancellationToken cancellationToken)
    {
        var end = await EndAsync(cancellationToken);
        if (end <= after) return new([], after);
        await using var session = store.QuerySession();
        var found = await session.Events.QueryAllRawEvents()
            .Where(e => e.EventTypeName == StoredAs && e.Sequence > after && e.Sequence <= end)
            .OrderBy(e => e.Sequence)
            .Take(limit)
            .ToListAsync(cancellationToken);
        return new([.. found.Select(EntryOf)], found.Count == limit ? found[^1].Sequence : end);
    }

    /// <summary>What stands at these places, in order.</summary>
    public async Task<FeedEntry[]> AtAsync(long[] positions, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var found = await session.Events.QueryAllRawEvents()
            .Where(e => e.EventTypeName == StoredAs && positions.Contains(e.Sequence))
            .OrderBy(e => e.Sequence)
            .ToListAsync(cancellationToken);
        return [.. found.Select(EntryOf)];
    }

    /// <summary>
    /// The last position before which nothing can appear any more. The daemon's mark is one, a little late; whatever
    /// follows it without a gap is one too, and a gap may still be filled by who has not committed yet.
    /// </summary>
    public async Task<long> EndAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            with mark as (
                select coalesce(max(last_seq_id), 0) as at from {Schema}.mt_event_progression where name = 'HighWaterMark'),
            later as (
                select seq_id, row_number() over (order by seq_id) as place from (
                    select seq_id from {Schema}.mt_events where seq_id > (select at from mark) order by seq_id limit 2000) e)
            select coalesce(max(seq_id), (select at from mark)) from later where seq_id = (select at from mark) + place
            """);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Whether nothing stands at the position yet, or never will; none is not ahead.</summary>
    public async Task<bool> IsAheadAsync(long? position, CancellationToken cancellationToken) =>
        position is { } named && (named < 0 || named > await EndAsync(cancellationToken));

    /// <summary>How many entries there are between two positions, counted up to a thousand, and since when the first has
    /// stood there.</summary>
    public async Task<(long Count, DateTimeOffset? Since)> WaitingAsync(
        long after, long end, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            select count(*), min(timestamp) from (
                select timestamp from {Schema}.mt_events where type = $1 and seq_id > $2 and seq_id <= $3
                order by seq_id limit 1000) waiting
            """);
        command.Parameters.AddWithValue(StoredAs);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(end);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return (rows.GetInt64(0), rows.IsDBNull(1) ? null : rows.GetFieldValue<DateTimeOffset>(1));
    }

    /// <summary>The oldest position that a partner can go on from, if this one is older; else null: nothing that came after it
    /// is gone.</summary>
    public async Task<long?> OlderThanKeptAsync(long position, CancellationToken cancellationToken)
    {
        await using var last = database.CreateCommand(LastBefore(Schema));
        last.Parameters.AddWithValue((time.GetUtcNow() - Kept).UtcDateTime);
        return await last.ExecuteScalarAsync(cancellationToken) is long gone && gone > position ? gone : null;
    }

    /// <summary>Asks for the last entry before a time. The type is a literal, so that the index is known to hold it.</summary>
    internal static string LastBefore(string schema) => $"""
        select seq_id from {schema}.mt_events where type = '{StoredAs}' and timestamp < $1
        order by timestamp desc, seq_id desc limit 1
        """;

    private static FeedEntry EntryOf(IEvent e) =>
        new((FeedEntryRecorded)e.Data, e.Sequence, e.Version, e.GetHeader("traceparent")?.ToString());
}
