using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EPerfect.Accounts.Credentials;

/// <summary>Says at start and in health that no list of leaked passwords is named, outside development: the local
/// estimate alone lets through what leaked elsewhere.</summary>
internal sealed partial class BreachedPasswordsHealth(
    IConfiguration configuration, IHostEnvironment environment, ILogger<BreachedPasswordsHealth> logger)
    : IHealthCheck, IHostedService
{
    private bool IsMissing => !environment.IsDevelopment() && string.IsNullOrEmpty(configuration[BreachedPasswords.Setting]);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(IsMissing
            ? HealthCheckResult.Degraded($"{BreachedPasswords.Setting} is not set: leaked passwords are taken.")
            : HealthCheckResult.Healthy());

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsMissing) LogMissing(BreachedPasswords.Setting);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Setting} is not set: leaked passwords are taken")]
    private partial void LogMissing(string setting);
}
