using Microsoft.Extensions.Hosting;

namespace EPerfect.ServiceDefaults;

/// <summary>Every process, the gateway too, tells of its failures before there is one: a count that begins with the first one
/// never rises, as alerts see it.</summary>
internal sealed class FailuresFromNought : BackgroundService
{
    /// <summary>Who measures has started before.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Counters.Begin();
        return Task.CompletedTask;
    }
}
