using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>Something that should have been done by now, or that failed and is tried again.</summary>
/// <param name="StreamId">What it is due for.</param>
/// <param name="Stream">What kind of thing that is, such as <c>order</c>.</param>
/// <param name="Kind">What is due.</param>
/// <param name="Argument">Distinguishes several of a kind.</param>
/// <param name="Due">Since when.</param>
/// <param name="Failures">How often it failed since then.</param>
/// <param name="LastFailure">The type of the exception; null if it never failed.</param>
/// <param name="Runs">It is being done at this moment.</param>
/// <param name="HeldBy">The effect that an operator has stopped; null if nothing holds it.</param>
public sealed record StuckDeadline(
    Guid StreamId,
    string Stream,
    string Kind,
    string Argument,
    DateTimeOffset Due,
    int Failures,
    string? LastFailure,
    bool Runs,
    string? HeldBy)
{
    private const string Table = $"{MartenBaseline.Schema}.{DeadlineTable.Name}";
    private const string IsClaimed = "claimed_until > $1 and failed_claim is distinct from claimed_until";

    /// <summary>What is due for less than that is on its way.</summary>
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(30);

    internal static async Task<IReadOnlyList<StuckDeadline>> FindAsync(
        NpgsqlDataSource database, IReadOnlyList<Effect> effects, DateTimeOffset now, int most, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"""
            select d.stream_id, coalesce(s.type, ''), d.kind, d.argument, d.due, coalesce(d.failures, 0), d.last_failure,
                   coalesce({IsClaimed}, false), {HoldOf(effects)}
            from {Table} d left join {MartenBaseline.Schema}.mt_streams s on s.id = d.stream_id
            where d.due < $2 or (d.due < $1 and d.failures > 0)
            order by d.due limit $3
            """);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now - Tolerated);
        command.Parameters.AddWithValue(most);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<StuckDeadline>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(new(
                rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.GetString(3),
                rows.GetFieldValue<DateTimeOffset>(4), rows.GetInt32(5), await TextAsync(rows, 6, ct), rows.GetBoolean(7),
                await TextAsync(rows, 8, ct)));
        }

        return found;
    }

    /// <summary>In a query of deadlines: the stopped effect that holds a row. Names are the service's own.</summary>
    internal static string HoldOf(IReadOnlyList<Effect> effects)
    {
        var cases = string.Concat(
            from effect in effects
            where effect.Kinds.Count > 0
            let kinds = string.Join(", ", effect.Kinds.Select(kind => $"'{kind}'"))
            select $" when kind in ({kinds}) and exists (select from {MartenBaseline.Schema}.{StoppedEffects.Name} "
                + $"where effect = '{effect.Name}') then '{effect.Name}'");
        return cases.Length == 0 ? "null::text" : $"case{cases} end";
    }

    /// <returns>Null if there is none; false while it is being done.</returns>
    internal static async Task<bool?> IsFreeAsync(
        NpgsqlDataSource database, Guid stream, string kind, string argument, DateTimeOffset now, CancellationToken ct)
    {
        var query = $"select not coalesce({IsClaimed}, false) from {Table}";
        await using var command = Of(database, query, stream, kind, argument, now);
        return (bool?)await command.ExecuteScalarAsync(ct);
    }

    /// <summary>Lets it be taken at once, unless somebody is at it.</summary>
    internal static async Task FreeAsync(
        NpgsqlDataSource database, Guid stream, string kind, string argument, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Of(
            database, $"update {Table} set claimed_until = null, failed_claim = null", stream, kind, argument, now,
            $" and not coalesce({IsClaimed}, false)");
        await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlCommand Of(
        NpgsqlDataSource database, string query, Guid stream, string kind, string argument, DateTimeOffset now, string and = "")
    {
        var command = database.CreateCommand(
            $"{query} where stream_id = $2 and kind = $3 and argument = $4 and due <= $1{and}");
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(stream);
        command.Parameters.AddWithValue(kind);
        command.Parameters.AddWithValue(argument);
        return command;
    }

    private static async Task<string?> TextAsync(NpgsqlDataReader rows, int column, CancellationToken ct) =>
        await rows.IsDBNullAsync(column, ct) ? null : rows.GetString(column);
}
