using Microsoft.Extensions.Hosting;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>Finds events by what they belong together with: the story of an order would else read every event there is.
/// Marten lays no such index, and is told to leave it alone.</summary>
internal sealed class CorrelationIndex(NpgsqlDataSource database) : IHostedService
{
    public const string Name = "mt_events_correlation_id";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Two that start at once would both lay it, and one fail. Looked for first: "if not exists" waits for every open
        // transaction that appends, and holds up all that come after, only to find that there is nothing to do.
        await using var command = database.CreateCommand($"""
            select pg_advisory_xact_lock(hashtext('{Name}'));
            do $$ begin
                if to_regclass('{MartenBaseline.Schema}.{Name}') is null then
                    create index {Name} on {MartenBaseline.Schema}.mt_events (correlation_id);
                end if;
            end $$;
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
