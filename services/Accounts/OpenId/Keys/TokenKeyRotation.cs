namespace EPerfect.Accounts.OpenId;

/// <summary>Has the keys before the first request, and looks after them every minute.</summary>
internal sealed partial class TokenKeyRotation(TokenKeys keys, TimeProvider time, ILogger<TokenKeyRotation> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await keys.RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await keys.RefreshAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failure);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of tokens could not be read; tried again in a minute")]
    private partial void LogFailed(Exception failure);
}
