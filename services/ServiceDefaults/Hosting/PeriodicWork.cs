using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Work that every instance does again and again. What fails is logged, and done at the next turn. The first turn comes
/// soon, so that it comes also to a process that is restarted often.
/// </summary>
/// <param name="interval">From the end of one turn to the next.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Hears of failures.</param>
public abstract partial class PeriodicWork(TimeSpan interval, TimeProvider clock, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    /// <summary>The time.</summary>
    protected TimeProvider Clock { get; } = clock;

    /// <summary>Hears of what happens.</summary>
    protected ILogger Logger { get; } = logger;

    /// <summary>One turn.</summary>
    /// <param name="cancellationToken">The process stops.</param>
    protected abstract Task DoAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval < Soon ? interval : Soon, Clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await DoAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(Logger, GetType().Name, interval, failure);
            }

            timer.Period = interval;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} failed; tried again in {Interval}")]
    private static partial void LogFailed(ILogger logger, string work, TimeSpan interval, Exception failure);
}
