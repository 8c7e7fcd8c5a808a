using System.Data;
using Npgsql;

namespace EPerfect.PersonalData;

/// <summary>Where something was found. Never what.</summary>
/// <param name="Label">The needle's label.</param>
/// <param name="Table">Schema and table.</param>
/// <param name="Column">The column.</param>
/// <param name="Rows">How many rows hold it.</param>
public sealed record FoundPlace(string Label, string Table, string Column, long Rows);

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

    /// <summary>Read whole: small, and without places on disk that one could go through. Of what the database itself brings
    /// along nothing.</summary>
    private static readonly TextTable[] Beside =
    [
        new("pg_catalog.pg_description", "(select description from pg_description where objoid >= 16384)", 0, [
            new("description", "description", IsBytes: false)]),
        new("pg_catalog.pg_shdescription", "(select description from pg_shdescription where objoid >= 16384)", 0, [
            new("description", "description", IsBytes: false)]),
        // Values stay here after their row is gone, until the table is analysed again.
        new("pg_catalog.pg_stats", "(select * from pg_stats where schemaname <> all ($1))", 0, [
            new("most_common_vals", "most_common_vals", IsBytes: false),
            new("most_common_elems", "most_common_elems", IsBytes: false),
            new("histogram_bounds", "histogram_bounds", IsBytes: false)]),
        new(
            "pg_catalog.pg_largeobject",
            "(select lo_get(oid) as data from pg_largeobject_metadata where pg_has_role(lomowner, 'usage'))",
            0,
            [new("data", "data", IsBytes: true)]),
    ];

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
        foreach (var table in await TablesAsync(connection, ct))
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
        .. before.Concat(now).GroupBy(place => (place.Label, place.Table, place.Column))
            .Select(same => new FoundPlace(same.Key.Label, same.Key.Table, same.Key.Column, same.Sum(one => one.Rows))),
    ];

    private async Task<List<FoundPlace>> SliceAsync(
        NpgsqlConnection connection, TextTable table, IReadOnlyList<Needle> needles, long block, CancellationToken ct)
    {
        var questions = table.Columns.SelectMany(column => needles.Select((needle, i) => (column, needle, i))).ToArray();
        if (questions.Length == 0) return [];
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            select {string.Join(", ", questions.Select(one => Count(one.column, one.i)))} from {table.Sql} t
            {(table.Sql[0] == '(' ? "" : $"where ctid >= '({block},0)'::tid and ctid < '({block + BlocksAtOnce},0)'::tid")}
            """;
        command.Parameters.AddWithValue(except.Append(NotOurs).ToArray());
        foreach (var needle in needles)
        {
            command.Parameters.AddWithValue(needle.Patterns);
            command.Parameters.AddWithValue(needle.Words);
            command.Parameters.AddWithValue(needle.Bytes);
        }

        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return
        [
            .. questions.Select((one, i) => new FoundPlace(one.needle.Label, table.Name, one.column.Name, row.GetInt64(i)))
                .Where(place => place.Rows > 0),
        ];
    }

    private static string Count(TextColumn column, int needle)
    {
        var first = (3 * needle) + FirstNeedle;
        var text = column.IsBytes ? $"lower(encode(t.{column.Sql}, 'escape'))" : $"lower(t.{column.Sql}::text)";
        var stands = $"({text} like any (array(select lower(p) from unnest(${first}::text[]) p)) "
            + $"and {text} ~ any (${first + 1}::text[]))";
        var inBytes = $"exists (select from unnest(${first + 2}::bytea[]) b where position(b in t.{column.Sql}) > 0)";
        return $"count(*) filter (where {(column.IsBytes ? $"{stands} or {inBytes}" : stands)})";
    }

    private async Task<List<TextTable>> TablesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            select n.nspname || '.' || c.relname, format('%I.%I', n.nspname, c.relname),
                pg_relation_size(c.oid) / current_setting('block_size')::bigint, a.attname, quote_ident(a.attname),
                coalesce(t.typname = 'bytea', false)
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            left join (pg_attribute a join pg_type t on t.oid = a.atttypid and (t.typcategory in ('S', 'A', 'E')
                    or t.typname in ('json', 'jsonb', 'xml', 'bytea', 'hstore', 'tsvector', 'name', 'inet', 'cidr')))
                on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relkind in ('r', 'm') and c.relpersistence <> 't' and n.nspname not like 'pg\_%'
                and n.nspname <> 'information_schema' and n.nspname <> all ($1)
            """;
        command.Parameters.AddWithValue(except.Append(NotOurs).ToArray());
        await using var rows = await command.ExecuteReaderAsync(ct);
        var columns = new List<(string Table, string Sql, long Blocks, TextColumn? Column)>();
        while (await rows.ReadAsync(ct))
        {
            columns.Add((
                rows.GetString(0), rows.GetString(1), rows.GetInt64(2),
                rows.IsDBNull(3) ? null : new TextColumn(rows.GetString(3), rows.GetString(4), rows.GetBoolean(5))));
        }

        return
        [
            .. columns.GroupBy(one => (one.Table, one.Sql, one.Blocks))
                .Select(table => new TextTable(
                    table.Key.Table, table.Key.Sql, table.Key.Blocks, [.. table.Select(one => one.Column).OfType<TextColumn>()]))
                .Concat(Beside)
                .OrderBy(table => table.Name, StringComparer.Ordinal),
        ];
    }

    private sealed record TextColumn(string Name, string Sql, bool IsBytes);

    private sealed record TextTable(string Name, string Sql, long Blocks, IReadOnlyList<TextColumn> Columns);
}
