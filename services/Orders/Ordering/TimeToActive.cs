using System.Diagnostics.Metrics;
using EPerfect.ServiceDefaults;
using Marten;
using Npgsql;

namespace EPerfect.Orders.Ordering;

/// <summary>
/// How long orders took from being placed to being active. Each instance tells of all, so that shares hold and sums do
/// not. What was activated before this instance started is not told.
/// </summary>
internal sealed class TimeToActive(
    NpgsqlDataSource database, IDocumentStore store, TimeProvider clock, ILogger<TimeToActive> logger)
    : PeriodicWork(TimeSpan.FromSeconds(10), clock, logger)
{
    private const int Most = 1000;

    private static readonly Histogram<double> Duration = Telemetry.Meter.CreateHistogram<double>(
        "eperfect.orders.time_to_active",
        "s",
        "From placing an order to its being active",
        advice: new() { HistogramBucketBoundaries = [0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3600, 86400] });

    private readonly DateTimeOffset started = clock.GetUtcNow();
    private long? seen;

    private string Events => $"{store.Options.DatabaseSchemaName}.mt_events";

    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        var after = seen ??= await BeforeUsAsync(cancellationToken);
        await using var command = database.CreateCommand($"""
            select a.seq_id, extract(epoch from a.timestamp - p.timestamp)::float8
            from {Events} a join {Events} p on p.stream_id = a.stream_id and p.version = 1
            where a.seq_id > $1 and a.type = 'order_activated' order by a.seq_id limit $2
            """);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(Most);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            seen = rows.GetInt64(0);
            Duration.Record(rows.GetDouble(1));
        }
    }

    private async Task<long> BeforeUsAsync(CancellationToken cancellationToken)
    {
        await using var newest = database.CreateCommand(
            $"select seq_id from {Events} where timestamp < $1 order by seq_id desc limit 1");
        newest.Parameters.AddWithValue(started.ToUniversalTime());
        return (long?)await newest.ExecuteScalarAsync(cancellationToken) ?? 0;
    }
}
