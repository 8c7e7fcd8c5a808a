namespace EPerfect.ServiceDefaults;

/// <summary>Deletes receipts that no repeat can ask for any more.</summary>
internal sealed class ReceiptSweep : IRetentionSweep
{
    public Task<int> SweepAsync(RetentionRun run, CancellationToken cancellationToken) =>
        run.DeleteAsync($"delete from {MartenBaseline.Schema}.mt_doc_receipt where at < $1", cancellationToken);
}
