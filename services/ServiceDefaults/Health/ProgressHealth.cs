using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EPerfect.ServiceDefaults;

/// <summary>Projections and the publisher keep up with what is stored.</summary>
internal sealed class ProgressHealth(ShardProgress progress, TimeProvider clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var places = await progress.ReadAsync(cancellationToken);
        var stuck = places.Where(place => place.IsStuck(clock.GetUtcNow())).ToList();
        return stuck.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(
                "Events are stored that these do not take up.",
                data: stuck.ToDictionary(place => place.Shard, Told, StringComparer.Ordinal));
    }

    private static object Told(ShardPlace place) => place switch
    {
        { Failure: { } failure, EventSequence: { } at } => $"{place.Behind} behind: {failure} at event {at}",
        { Failure: { } failure } => $"{place.Behind} behind: {failure}",
        _ => $"{place.Behind} behind",
    };
}
