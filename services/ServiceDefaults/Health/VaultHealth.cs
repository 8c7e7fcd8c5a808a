using EPerfect.PersonalData;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EPerfect.ServiceDefaults;

/// <summary>The vault answers: sealed data can be opened, and new data sealed.</summary>
internal sealed class VaultHealth(Vault vault) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await vault.CheckAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
