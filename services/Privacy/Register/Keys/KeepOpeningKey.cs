using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Register.Keys;

/// <summary>There is a key for openings from the first start on, and every year a new one.</summary>
internal sealed partial class KeepOpeningKey(OpeningKeyRing keys, TimeProvider clock, ILogger<KeepOpeningKey> logger)
    : PeriodicWork(TimeSpan.FromMinutes(10), clock, logger)
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await keys.RenewAsync(cancellationToken);
        }
        catch (VaultUnavailableException)
        {
            LogLater(Logger);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override Task DoAsync(CancellationToken cancellationToken) => keys.RenewAsync(cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The key for openings is made when the keys can be had")]
    private static partial void LogLater(ILogger logger);
}
