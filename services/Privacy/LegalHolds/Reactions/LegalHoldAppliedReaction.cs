using EPerfect.Contracts;
using EPerfect.Contracts.Privacy;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.LegalHolds.Reactions;

/// <summary>A service has placed a hold, or ended it.</summary>
internal sealed class LegalHoldAppliedReaction<TAnswer> : IReaction<TAnswer>
    where TAnswer : LegalHoldAnswer, IContract
{
    public Guid StreamOf(TAnswer message) => message.HoldId;

    public Task ReactAsync(UnitOfWork work, TAnswer message, CancellationToken cancellationToken)
    {
        var confirmed = new LegalHoldConfirmed(
            TAnswer.WireName.Split('.')[0],
            message.IsHeld,
            message.OrderVersion,
            message.ErasedBefore,
            message.AppliedAt);
        return work.ChangeAsync<LegalHoldOfPerson>(
            message.HoldId,
            hold => hold?.IsNews(confirmed) == true ? Decision.Of(confirmed) : Decision.Nothing,
            cancellationToken);
    }
}
