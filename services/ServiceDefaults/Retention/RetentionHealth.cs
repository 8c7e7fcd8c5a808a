using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>What is kept no longer than promised is removed in time.</summary>
internal sealed class RetentionHealth(ServiceDefinition definition, NpgsqlDataSource database, TimeProvider clock)
    : IHealthCheck
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromHours(1);
    private readonly DateTimeOffset started = clock.GetUtcNow();

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var late = clock.GetUtcNow() - Tolerated;
        var runs = await RetentionTable.ReadAsync(database, cancellationToken);
        var overdue = definition.Swept
            .Select(one => (one.Rule.Rule, Last: runs.TryGetValue(one.Rule.Rule, out var run) ? run.RanAt : started))
            // Who has just started after a long rest is given the time to run.
            .Where(one => one.Last < late && started < late)
            .ToDictionary(one => one.Rule, one => (object)one.Last, StringComparer.Ordinal);
        return overdue.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("These retention rules did not run in time.", data: overdue);
    }
}
