using System.Text;
using Npgsql;

namespace EPerfect.Testing;

/// <summary>Everything that rests in a database, for searching it for what must not be there.</summary>
public static class DatabaseText
{
    /// <summary>The tables that have a row holding a word: as text in any case, or as bytes.</summary>
    /// <param name="connectionString">The superuser's view of the database.</param>
    /// <param name="word">What must not be there; at least four characters, or chance finds it.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Schema and name of each such table.</returns>
    public static async Task<IReadOnlyList<string>> TablesWithAsync(
        string connectionString, string word, CancellationToken ct = default)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var found = new List<string>();
        foreach (var table in await TablesAsync(source, ct))
        {
            await using var search = source.CreateCommand($"""
                select exists (select from {table} t where strpos(lower(t::text), $1) > 0 or strpos(t::text, $2) > 0)
                """);
            search.Parameters.AddWithValue(word.ToLowerInvariant());
            search.Parameters.AddWithValue(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(word)));
            if ((bool)(await search.ExecuteScalarAsync(ct))!) found.Add(table);
        }

        return found;
    }

    private static async Task<List<string>> TablesAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            select format('%I.%I', schemaname, tablename) from pg_tables
            where schemaname not in ('pg_catalog', 'information_schema') order by 1
            """);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var tables = new List<string>();
        while (await rows.ReadAsync(ct)) tables.Add(rows.GetString(0));
        return tables;
    }
}
