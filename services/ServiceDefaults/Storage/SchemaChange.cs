using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>What Marten does not lay by itself.</summary>
internal static class SchemaChange
{
    /// <summary>Two instances that start at once would both change it, and one fail: they take turns. Looked for first: the
    /// change itself waits for whoever writes there or vacuums, and holds up all that come after, only to find nothing to
    /// do.</summary>
    /// <param name="database">Where.</param>
    /// <param name="name">Of what: one at a time.</param>
    /// <param name="isMissing">A condition: whether there is something to do.</param>
    /// <param name="change">The statement that does it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task MakeAsync(
        NpgsqlDataSource database, string name, string isMissing, string change, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            select pg_advisory_xact_lock(hashtext('{name}'));
            do $$ begin
                if {isMissing} then
                    {change};
                end if;
            end $$;
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
