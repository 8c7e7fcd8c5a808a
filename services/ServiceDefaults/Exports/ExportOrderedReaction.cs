using EPerfect.Contracts.Privacy;

namespace EPerfect.ServiceDefaults;

/// <summary>Privacy orders an export: noted here, and begun at once.</summary>
internal sealed class ExportOrderedReaction(TimeProvider time) : IReaction<ExportOrdered>
{
    public Guid StreamOf(ExportOrdered message) => message.ExportId;

    public Task ReactAsync(UnitOfWork work, ExportOrdered message, CancellationToken cancellationToken) =>
        work.ReceiveExportAsync(
            message.ExportId,
            new ExportReceived(
                message.ExportId, message.AccountId, message.LoginId, message.Kind, message.Key, time.GetUtcNow()),
            cancellationToken);
}
