using Marten;
using Microsoft.Extensions.Logging;

namespace EPerfect.ServiceDefaults;

/// <summary>Deletes receipts that no repeat can ask for any more.</summary>
internal sealed class ReceiptSweeper(IDocumentStore store, TimeProvider clock, ILogger<ReceiptSweeper> logger)
    : PeriodicWork(TimeSpan.FromHours(1), clock, logger)
{
    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        var end = Clock.GetUtcNow() - Receipt.Lifetime;
        await using var session = store.LightweightSession();
        session.DeleteWhere<Receipt>(receipt => receipt.At < end);
        await session.SaveChangesAsync(cancellationToken);
    }
}
