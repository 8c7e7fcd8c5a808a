using Marten;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Projections and the publisher keep up with what is stored. Compares their progress with the store itself, not with
/// the daemon's own mark: when the part that moves that mark is dead, the usual check sees no lag at all.
/// </summary>
internal sealed class ProgressHealth(IDocumentStore store, NpgsqlDataSource database, TimeProvider clock)
    : IHealthCheck, IDisposable
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, (long Position, DateTimeOffset Since)> seen = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim one = new(1, 1);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var stored = await StoredAsync(cancellationToken);
            var stuck = new Dictionary<string, object>(StringComparer.Ordinal);
            var progress = await ProgressAsync(cancellationToken);
            foreach (var shard in ((DocumentStore)store).Options.Projections.AllShards())
            {
                // What never took up anything has no row yet.
                var position = progress.GetValueOrDefault(shard.Name.Identity);
                if (IsStuck(shard.Name.Identity, position, stored)) stuck[shard.Name.Identity] = stored - position;
            }

            return stuck.Count == 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded("Events are stored that these do not take up.", data: stuck);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private bool IsStuck(string name, long position, long stored)
    {
        var now = clock.GetUtcNow();
        if (position >= stored || !seen.TryGetValue(name, out var last) || last.Position != position)
        {
            seen[name] = (position, now);
            return false;
        }

        return now - last.Since > Tolerated;
    }

    private async Task<long> StoredAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select coalesce(max(seq_id), 0) from {MartenBaseline.Schema}.mt_events");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<Dictionary<string, long>> ProgressAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select name, last_seq_id from {MartenBaseline.Schema}.mt_event_progression");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var progress = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellationToken)) progress[rows.GetString(0)] = rows.GetInt64(1);
        return progress;
    }
}
