using Microsoft.Extensions.Hosting;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Keeps the table of deadlines from shrinking when it is empty, as it is most of the time. What the server plans for a table
/// without a page is to read all of it, and it keeps that plan: of a thousand orders at once, each that was done then read the
/// rows of all the others to find its own.
/// </summary>
internal sealed class DeadlineStorage(NpgsqlDataSource database) : IHostedService
{
    private const string Table = $"{MartenBaseline.Schema}.{DeadlineTable.Name}";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Two that start at once would both change it, and one fail. Looked for first: a change waits for whoever vacuums.
        await using var command = database.CreateCommand($"""
            select pg_advisory_xact_lock(hashtext('{Table}'));
            do $$ begin
                if exists (select from pg_class where oid = to_regclass('{Table}')
                    and not coalesce(reloptions, array[]::text[]) @> array['vacuum_truncate=false']) then
                    alter table {Table} set (vacuum_truncate = false);
                end if;
            end $$;
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
