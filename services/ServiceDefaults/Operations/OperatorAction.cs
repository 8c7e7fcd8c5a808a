using System.Data.Common;
using System.Text.Json;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>Something that an operator did by hand: the event that it left.</summary>
/// <param name="Id">The event.</param>
/// <param name="Event">The name that it is stored under.</param>
/// <param name="Stream">What kind of thing it was done to, such as <c>effect_switch</c>.</param>
/// <param name="StreamId">Which one.</param>
/// <param name="At">When it was stored.</param>
/// <param name="Actor">Who: <c>user/{id}</c>; of a command on the machine, that command.</param>
/// <param name="Role">The roles that let the actor in.</param>
/// <param name="Reason">The reference that was given; null where none is asked for, or where it says something of a
/// person.</param>
/// <param name="Facts">To what exactly, by names and ids; only of what ServiceDefaults itself does for operators.</param>
/// <param name="TraceParent">The span that it was stored in (W3C).</param>
public sealed record OperatorAction(
    Guid Id,
    string Event,
    string Stream,
    Guid StreamId,
    DateTimeOffset At,
    string? Actor,
    string? Role,
    string? Reason,
    IReadOnlyDictionary<string, string> Facts,
    string? TraceParent)
{
    /// <summary>Of a row of events; several roles are joined by <c>+</c>, and no other role's name holds this one.</summary>
    internal const string IsOne = $"headers ->> '{CommandContext.RoleHeader}' like '%operator%'";

    /// <summary>Of these it is known that they hold names, ids and references: no other event is opened.</summary>
    private static readonly string[] Told =
    [
        EffectStopped.StoredAs, EffectResumed.StoredAs, FailedMessagesMoved.StoredAs, DeadlineResumed.StoredAs,
    ];

    private static readonly string[] Names = ["effect", "queue", "to", "failure", "messageId", "kind", "streamId", "argument"];

    private static readonly string Query = $"""
        select e.id, e.type, coalesce(s.type, ''), e.stream_id, e.timestamp, e.user_name, e.headers ->> 'role',
               case when e.type = any($1) then e.data::text end, e.headers ->> 'traceparent'
        from {MartenBaseline.Schema}.mt_events e
        left join {MartenBaseline.Schema}.mt_streams s on s.id = e.stream_id
        where e.{IsOne}
          and ($2::uuid is null or e.user_name in ('user/' || $2::text, 'client/' || $2::text))
          and ($3::timestamptz is null or (e.timestamp, e.id) < ($3, $4))
        order by e.timestamp desc, e.id desc limit $5
        """;

    /// <summary>The newest first.</summary>
    /// <param name="database">The service's own.</param>
    /// <param name="by">Of this operator; null for all.</param>
    /// <param name="after">Where the last page ended.</param>
    /// <param name="most">How many.</param>
    /// <param name="ct">Gives up.</param>
    internal static async Task<IReadOnlyList<OperatorAction>> FindAsync(
        NpgsqlDataSource database, Guid? by, Cursor? after, int most, CancellationToken ct)
    {
        await using var command = database.CreateCommand(Query);
        command.Parameters.AddWithValue(Told);
        command.Parameters.AddWithValue((object?)by ?? DBNull.Value);
        command.Parameters.AddWithValue((object?)after?.At ?? DBNull.Value);
        command.Parameters.AddWithValue((object?)after?.Id ?? DBNull.Value);
        command.Parameters.AddWithValue(most);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<OperatorAction>();
        while (await rows.ReadAsync(ct)) found.Add(Read(rows));
        return found;
    }

    private static OperatorAction Read(DbDataReader row)
    {
        using var said = Text(row, 7) is { } json ? JsonDocument.Parse(json) : null;
        var facts = said?.RootElement.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.String)
            .ToDictionary(member => member.Name, member => member.Value.GetString()!, StringComparer.Ordinal) ?? [];
        return new(
            row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetGuid(3), row.GetFieldValue<DateTimeOffset>(4),
            Text(row, 5), Text(row, 6), facts.GetValueOrDefault("reason"),
            Names.Where(name => facts.GetValueOrDefault(name) is { Length: > 0 })
                .ToDictionary(name => name, name => facts[name], StringComparer.Ordinal),
            Text(row, 8));
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
