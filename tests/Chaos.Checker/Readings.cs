namespace EPerfect.Chaos.Checker;

/// <summary>All rows of what a service derives from its events, to be compared with what a rebuild makes of them.</summary>
/// <param name="Rows">By table and row.</param>
public sealed record Readings(IReadOnlyDictionary<string, string> Rows)
{
    // When and by which process a row was last written says nothing of what it says; a claim is not derived.
    private const string Left = "'mt_last_modified', 'mt_version', 'mt_dotnet_type', 'claimed_until', 'trace_parent'";

    /// <summary>Reads a service's tables.</summary>
    public static async Task<Readings> TakeAsync(Stores stores, string service)
    {
        var tables = await stores.QueryAsync(
            service,
            """
            select tablename from pg_tables where schemaname = 'store' and (tablename like 'mt\_doc\_%'
                or tablename like 'register\_%' or tablename = 'deadlines')
            """,
            row => row.GetString(0));
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            var read = await stores.QueryAsync(
                service, $"select (to_jsonb(t) - array[{Left}])::text from store.{table} t", row => row.GetString(0));
            foreach (var row in read.GroupBy(row => row, StringComparer.Ordinal))
                rows.Add($"{service} {table} {row.Key}", row.Key);
        }

        return new Readings(rows);
    }

    /// <summary>What is in one of them only.</summary>
    /// <param name="rebuilt">What the rebuild made.</param>
    public IReadOnlyList<Violation> Compare(Readings rebuilt) =>
    [
        .. Rows.Keys.Except(rebuilt.Rows.Keys, StringComparer.Ordinal)
            .Select(row => new Violation("projection-differs", TableOf(row), $"the rebuild has not: {Rows[row]}")),
        .. rebuilt.Rows.Keys.Except(Rows.Keys, StringComparer.Ordinal)
            .Select(row => new Violation("projection-differs", TableOf(row), $"only the rebuild has: {rebuilt.Rows[row]}")),
    ];

    private static string TableOf(string row) => string.Join(' ', row.Split(' ').Take(2));
}
