using EPerfect.Contracts.Privacy;

namespace EPerfect.ServiceDefaults;

/// <summary>Privacy orders that a person be erased: noted here, and begun at once.</summary>
internal sealed class ErasureOrderedReaction(TimeProvider time) : IReaction<ErasureOrdered>
{
    public Guid StreamOf(ErasureOrdered message) => message.ErasureId;

    public Task ReactAsync(UnitOfWork work, ErasureOrdered message, CancellationToken cancellationToken) =>
        work.ReceiveErasureAsync(
            message.ErasureId,
            new ErasureReceived(message.ErasureId, message.AccountId, time.GetUtcNow()),
            cancellationToken);
}
