using EPerfect.PersonalData;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Looks after the keys: does erasures whose legal hold has run out, and rotates what wraps the keys. On every instance;
/// one rotates at a time, and what it leaves another finishes.
/// </summary>
internal sealed partial class KeyKeeping(
    Vault vault, HoldEnding holds, RotationPeriod rotates, TimeProvider clock, ILogger<KeyKeeping> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    internal async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (await holds.SettleAsync(cancellationToken) is > 0 and var settled) LogSettled(settled);
        if (rotates.Length is not { } period) return;
        if (await vault.RotateAsync(period, null, cancellationToken) is not { } rotation) return;
        if (rotation.Unreadable > 0) LogUnreadable(rotation.Unreadable);
        if (rotation.Begun || rotation.Rewrapped > 0 || rotation.Destroyed.Count > 0)
            LogRotated(rotation.Epoch, rotation.Rewrapped, rotation.Destroyed.Count);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await KeepAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} erasures go on that a legal hold had stopped")]
    private partial void LogSettled(int count);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Epoch {Epoch}: {Keys} keys wrapped anew, {Destroyed} epochs destroyed")]
    private partial void LogRotated(int epoch, int keys, int destroyed);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Count} keys cannot be unwrapped: altered, or of another provider")]
    private partial void LogUnreadable(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys could not be looked after; tried again soon")]
    private partial void LogFailed(Exception failure);
}
