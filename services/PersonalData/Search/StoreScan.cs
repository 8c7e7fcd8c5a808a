using System.Data;
using Npgsql;

namespace EPerfect.PersonalData;

/// <summary>Where something was found. Never what.</summary>
/// <param name="Label">The needle's label.</param>
/// <param name="Table">Schema and table.</param>
/// <param name="Column">The column.</param>
/// <param name="Rows">How many rows hold it.</param>
/// <param name="Path">Where in the column's JSON: <c>address.city</c>, <c>lines[].text</c>, and <c>*</c> for what is no plain
/// name; null if it is no JSON, or stands across several values.</param>
public sealed record FoundPlace(string Label, string Table, string Column, long Rows, string? Path = null);

/// <summary>How far a search has come; to go on from there.</summary>
/// <param name="Tables">Tables that are done.</param>
/// <param name="Columns">Columns that are done.</param>
/// <param name="Found">What was found so far.</param>
/// <param name="Table">The table that is being read; null when all are done.</param>
/// <param name="Block">Its next block.</param>
public sealed record ScanState(int Tables, int Columns, IReadOnlyList<FoundPlace> Found, string? Table, long Block)
{
    /// <summary>Nothing is done yet.</summary>
    public static ScanState Begin { get; } = new(0, 0, [], "", 0);

    /// <summary>Whether all tables were read.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsComplete => Table is null;
}

/// <summary>
/// Reads every column of a database that can hold text: of every table of every schema, whatever it is for; and what is
/// beside the tables: comments, the planner's statistics, large objects. Knows nothing of what the application believes to
/// have stored where. Reads in slices, so that it can stop and go on.
/// </summary>
/// <param name="database">The database, as a role that may read all of it.</param>
/// <param name="except">Schemas that stand for systems outside of the house.</param>
/// <param name="time">The clock.</param>
public sealed class StoreScan(NpgsqlDataSource database, IReadOnlyCollection<string> except, TimeProvider time)
{
    private const long BlocksAtOnce = 2048;
    private const string NotOurs = "pg_catalog";

    /// <summary>The parameter before the needles are the schemas that are left out.</summary>
    private const int FirstNeedle = 2;

    private string[] Outside => [.. except, NotOurs];

    /// <summary>Searches.</summary>
    /// <param name="needles">What for.</param>
    /// <param name="from">Where to go on.</param>
    /// <param name="atMost">After this time it stops between two slices.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<ScanState> RunAsync(
        IReadOnlyList<Needle> needles, ScanState from, TimeSpan atMost, CancellationToken ct)
    {
        var (started, state) = (time.GetTimestamp(), from);
        // One picture for all of a run: a row that is updated meanwhile moves to another block, and would be missed.
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var picture = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        foreach (var table in await TextTables.ListAsync(connection, Outside, ct))
        {
            if (string.CompareOrdinal(table.Name, from.Table) < 0) continue;
            var block = string.Equals(table.Name, from.Table, StringComparison.Ordinal) ? from.Block : 0;
            for (; block == 0 || block < table.Blocks; block += BlocksAtOnce)
            {
                if (time.GetElapsedTime(started) > atMost) return state with { Table = table.Name, Block = block };
                state = state with { Found = Sum(state.Found, await SliceAsync(connection, table, needles, block, ct)) };
            }

            state = state with { Tables = state.Tables + 1, Columns = state.Columns + table.Columns.Count };
        }

        return state with { Table = null, Block = 0 };
    }

    private static List<FoundPlace> Sum(IReadOnlyList<FoundPlace> before, IEnumerable<FoundPlace> now) =>
    [
        .. before.Concat(now).GroupBy(place => place with { Rows = 0 })
            .Select(same => same.Key with { Rows = same.Sum(one => one.Rows) }),
    ];

    private async Task<List<FoundPlace>> SliceAsync(
        NpgsqlConnection connection, TextTable table, IReadOnlyList<Needle> needles, long block, CancellationToken ct)
    {
        var questions = table.Columns.SelectMany(column => needles.Select((needle, i) => (column, needle, i))).ToArray();
        if (questions.Length == 0) return [];
        var slice = table.Sql[0] == '('
            ? "true"
            : $"t.ctid >= '({block},0)'::tid and t.ctid < '({block + BlocksAtOnce},0)'::tid";
        var counts = string.Join(", ", questions.Select(one => Count(one.column, one.i)));
        var found = new List<FoundPlace>();
        await using (var command = Command(connection, $"select {counts} from {table.Sql} t where {slice}", needles))
        {
            await using var row = await command.ExecuteReaderAsync(ct);
            await row.ReadAsync(ct);
            found.AddRange(questions.Select(
                (one, i) => new FoundPlace(one.needle.Label, table.Name, one.column.Name, row.GetInt64(i))));
        }

        var places = new List<FoundPlace>();
        foreach (var ((column, needle, i), place) in questions.Zip(found).Where(pair => pair.Second.Rows > 0))
        {
            if (column.Type == "jsonb" && needle.IsText)
                places.AddRange(await PathsAsync(connection, table, column, slice, needles, i, place, ct));
            else
                places.Add(place);
        }

        return places;
    }

    private async Task<List<FoundPlace>> PathsAsync(
        NpgsqlConnection connection, TextTable table, TextColumn column, string slice, IReadOnlyList<Needle> needles, int needle,
        FoundPlace place, CancellationToken ct)
    {
        var sql = JsonPaths.Of(table.Sql, column.Sql, slice, text => Stands(text, needle));
        await using var command = Command(connection, sql, needles);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var paths = new List<FoundPlace>();
        while (await rows.ReadAsync(ct))
            paths.Add(place with { Path = rows.IsDBNull(0) ? null : rows.GetString(0), Rows = rows.GetInt64(1) });
        return paths;
    }

    private NpgsqlCommand Command(NpgsqlConnection connection, string sql, IReadOnlyList<Needle> needles)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue(Outside);
        foreach (var needle in needles)
        {
            command.Parameters.AddWithValue(needle.Patterns);
            command.Parameters.AddWithValue(needle.Words);
            command.Parameters.AddWithValue(needle.Bytes);
        }

        return command;
    }

    /// <summary>Whether a text, given as it is written in SQL and in lower case, holds the needle.</summary>
    private static string Stands(string text, int needle)
    {
        var first = (3 * needle) + FirstNeedle;
        return $"({text} like any (array(select lower(p) from unnest(${first}::text[]) p)) "
            + $"and {text} ~ any (${first + 1}::text[]))";
    }

    private static string Count(TextColumn column, int needle)
    {
        var first = (3 * needle) + FirstNeedle;
        var stands = Stands(
            column.IsBytes ? $"lower(encode(t.{column.Sql}, 'escape'))" : $"lower(t.{column.Sql}::text)", needle);
        var inBytes = $"exists (select from unnest(${first + 2}::bytea[]) b where position(b in t.{column.Sql}) > 0)";
        return $"count(*) filter (where {(column.IsBytes ? $"{stands} or {inBytes}" : stands)})";
    }
}
