using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Who is told to stop (SIGTERM) says at once that it is not ready, and goes on serving until whoever sends it requests
/// has asked twice: otherwise what comes in between is refused.
/// </summary>
internal sealed class Drain(IConfiguration configuration, IHostEnvironment environment, IHostApplicationLifetime lifetime)
    : IHostedLifecycleService
{
    /// <summary>Longer than two of the gateway's probes, which come every two seconds.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);

    /// <summary>Before anything is stopped.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        lifetime.StopApplication();
        var time = configuration.GetValue("Drain", environment.IsDevelopment() ? TimeSpan.Zero : Usual);
        await Task.Delay(time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
