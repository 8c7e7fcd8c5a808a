using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Keeps the table of deadlines from shrinking when it is empty, as it is most of the time. What the server plans for a table
/// without a page is to read all of it, and it keeps that plan: of a thousand orders at once, each that was done then read the
/// rows of all the others to find its own.
/// </summary>
internal sealed class DeadlineStorage(NpgsqlDataSource database) : ILaysTables
{
    private const string Table = $"{MartenBaseline.Schema}.{DeadlineTable.Name}";

    public Task StartAsync(CancellationToken cancellationToken) => SchemaChange.MakeAsync(
        database,
        Table,
        $"""
        exists (select from pg_class where oid = to_regclass('{Table}')
            and not coalesce(reloptions, array[]::text[]) @> array['vacuum_truncate=false'])
        """,
        $"alter table {Table} set (vacuum_truncate = false)",
        cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
