using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client.Exceptions;

namespace EPerfect.ServiceDefaults;

/// <summary>A message in an error queue needs a person; the service itself keeps up.</summary>
internal sealed class ErrorQueueHealth(ErrorQueues errors) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        IReadOnlyDictionary<string, uint> depths;
        try
        {
            depths = await errors.CountAsync(cancellationToken);
        }
        catch (BrokerUnreachableException)
        {
            return HealthCheckResult.Degraded("Not known while the broker is away.");
        }

        return depths.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(
                "Messages that kept failing wait for a person.",
                data: depths.ToDictionary(d => d.Key, d => (object)d.Value, StringComparer.Ordinal));
    }
}
