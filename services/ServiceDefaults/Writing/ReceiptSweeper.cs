using Marten;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EPerfect.ServiceDefaults;

/// <summary>Deletes receipts that no repeat can ask for any more.</summary>
internal sealed partial class ReceiptSweeper(IDocumentStore store, TimeProvider clock, ILogger<ReceiptSweeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        var end = clock.GetUtcNow() - Receipt.Lifetime;
        await using var session = store.LightweightSession();
        session.DeleteWhere<Receipt>(receipt => receipt.At < end);
        await session.SaveChangesAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failure);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old receipts could not be deleted; tried again in an hour")]
    private partial void LogFailed(Exception failure);
}
