using Npgsql;

namespace EPerfect.PersonalData;

/// <summary>All that can hold text in a database: tables, and what is beside them.</summary>
internal static class TextTables
{
    /// <summary>Read whole: small, and without places on disk that one could go through. Of what the database itself brings
    /// along nothing.</summary>
    private static readonly TextTable[] Beside =
    [
        new("pg_catalog.pg_description", "(select description from pg_description where objoid >= 16384)", 0, [
            new("description", "description", "text")]),
        new("pg_catalog.pg_shdescription", "(select description from pg_shdescription where objoid >= 16384)", 0, [
            new("description", "description", "text")]),
        // Values stay here after their row is gone, until the table is analysed again.
        new("pg_catalog.pg_stats", "(select * from pg_stats where schemaname <> all ($1))", 0, [
            new("most_common_vals", "most_common_vals", "anyarray"),
            new("most_common_elems", "most_common_elems", "anyarray"),
            new("histogram_bounds", "histogram_bounds", "anyarray")]),
        new(
            "pg_catalog.pg_largeobject",
            "(select lo_get(oid) as data from pg_largeobject_metadata where pg_has_role(lomowner, 'usage'))",
            0,
            [new("data", "data", "bytea")]),
    ];

    /// <param name="connection">The database.</param>
    /// <param name="except">Schemas that are left out.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<List<TextTable>> ListAsync(
        NpgsqlConnection connection, IReadOnlyCollection<string> except, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            select n.nspname || '.' || c.relname, format('%I.%I', n.nspname, c.relname),
                pg_relation_size(c.oid) / current_setting('block_size')::bigint, a.attname, quote_ident(a.attname),
                t.typname::text
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            left join (pg_attribute a join pg_type t on t.oid = a.atttypid and (t.typcategory in ('S', 'A', 'E')
                    or t.typname in ('json', 'jsonb', 'xml', 'bytea', 'hstore', 'tsvector', 'name', 'inet', 'cidr')))
                on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.relkind in ('r', 'm') and c.relpersistence <> 't' and n.nspname not like 'pg\_%'
                and n.nspname <> 'information_schema' and n.nspname <> all ($1)
            """;
        command.Parameters.AddWithValue(except.ToArray());
        await using var rows = await command.ExecuteReaderAsync(ct);
        var columns = new List<(string Table, string Sql, long Blocks, TextColumn? Column)>();
        while (await rows.ReadAsync(ct))
        {
            columns.Add((
                rows.GetString(0), rows.GetString(1), rows.GetInt64(2),
                rows.IsDBNull(3) ? null : new TextColumn(rows.GetString(3), rows.GetString(4), rows.GetString(5))));
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
}

internal sealed record TextColumn(string Name, string Sql, string Type)
{
    public bool IsBytes => Type == "bytea";
}

internal sealed record TextTable(string Name, string Sql, long Blocks, IReadOnlyList<TextColumn> Columns);
