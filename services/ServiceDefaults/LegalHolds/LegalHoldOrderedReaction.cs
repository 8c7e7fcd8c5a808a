using EPerfect.Contracts.Privacy;
using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>Privacy orders a legal hold, or its end: noted here, and carried out at once.</summary>
internal sealed class LegalHoldOrderedReaction(TimeProvider time) : IReaction<LegalHoldOrdered>
{
    public Guid StreamOf(LegalHoldOrdered message) => PersonHold.StreamOf(message.HoldId);

    public Task ReactAsync(UnitOfWork work, LegalHoldOrdered message, CancellationToken cancellationToken)
    {
        var order = new HoldOrdered(
            message.HoldId,
            message.AccountId,
            [.. message.Groups.Select(group => Enum.Parse<DataGroup>(group, ignoreCase: true))],
            message.Reason,
            message.Until,
            message.IsHeld,
            message.StreamVersion,
            time.GetUtcNow());
        return work.ReceiveHoldAsync(order, cancellationToken);
    }
}
