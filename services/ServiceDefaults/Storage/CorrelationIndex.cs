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
        // Two that start at once would both lay it, and one fail.
        await using var command = database.CreateCommand($"""
            select pg_advisory_xact_lock(hashtext('{Name}'));
            create index if not exists {Name} on {MartenBaseline.Schema}.mt_events (correlation_id);
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
