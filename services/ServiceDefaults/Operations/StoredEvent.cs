using System.Data.Common;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>That something happened: all that is known of an event beside what it says.</summary>
/// <param name="Id">The event.</param>
/// <param name="Event">The name that it is stored under.</param>
/// <param name="Stream">What kind of thing it happened to, such as <c>order</c>.</param>
/// <param name="StreamId">Which one.</param>
/// <param name="Version">Its place there.</param>
/// <param name="At">When it was stored.</param>
/// <param name="Actor">Who: <c>user/{id}</c>, <c>client/{id}</c>, or a part of a service.</param>
/// <param name="Role">What let the actor in, if a role did.</param>
/// <param name="CommandId">The request, message or deadline that it came of.</param>
/// <param name="CorrelationId">What it belongs together with.</param>
/// <param name="CausedBy">The event, of this or another service, that it followed from.</param>
/// <param name="TraceParent">The span that it was stored in (W3C).</param>
public sealed record StoredEvent(
    Guid Id,
    string Event,
    string Stream,
    Guid StreamId,
    long Version,
    DateTimeOffset At,
    string? Actor,
    string? Role,
    string? CommandId,
    string? CorrelationId,
    Guid? CausedBy,
    string? TraceParent)
{
    private const string Columns = """
        e.id, e.type, coalesce(s.type, ''), e.stream_id, e.version, e.timestamp, e.user_name, e.headers ->> 'role',
        e.causation_id, e.correlation_id, e.headers ->> 'caused-by', e.headers ->> 'traceparent'
        """;

    /// <summary>Those of some streams, of some correlations and some by their ids, in the order in which they were
    /// stored.</summary>
    internal static async Task<IReadOnlyList<StoredEvent>> FindAsync(
        NpgsqlDataSource database, Guid[] streams, string[] correlations, Guid[] ids, int most, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select {Columns} from {MartenBaseline.Schema}.mt_events e
            left join {MartenBaseline.Schema}.mt_streams s on s.id = e.stream_id
            where e.stream_id = any($1) or e.correlation_id = any($2) or e.id = any($3)
            order by e.seq_id limit $4
            """);
        command.Parameters.AddWithValue(streams);
        command.Parameters.AddWithValue(correlations);
        command.Parameters.AddWithValue(ids);
        command.Parameters.AddWithValue(most);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<StoredEvent>();
        while (await rows.ReadAsync(ct)) found.Add(Read(rows));
        return found;
    }

    private static StoredEvent Read(DbDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.GetString(2),
        row.GetGuid(3),
        row.GetInt64(4),
        row.GetFieldValue<DateTimeOffset>(5),
        Text(row, 6),
        Text(row, 7),
        Text(row, 8),
        Text(row, 9),
        Guid.TryParse(Text(row, 10), out var cause) ? cause : null,
        Text(row, 11));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
