using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>What is due gets done.</summary>
internal sealed class DeadlineHealth(ServiceDefinition definition, NpgsqlDataSource database, TimeProvider clock)
    : IHealthCheck
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(2);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (definition.DeadlinesOf is null) return HealthCheckResult.Healthy();
        var overdue = await DeadlineTable.OverdueAsync(
            database,
            MartenBaseline.Schema,
            StoppedEffects.NotHeld(definition.Effects),
            clock.GetUtcNow() - Tolerated,
            cancellationToken);
        return overdue == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(
                "Some work is long overdue.",
                data: new Dictionary<string, object>(StringComparer.Ordinal) { ["overdue"] = overdue });
    }
}
