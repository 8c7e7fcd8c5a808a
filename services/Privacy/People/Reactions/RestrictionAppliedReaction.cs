using EPerfect.Contracts;
using EPerfect.Contracts.Privacy;
using EPerfect.Privacy.Requests;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People.Reactions;

/// <summary>A service has restricted a person's processing, or lifted that. When all have, the requests for it are
/// done.</summary>
internal sealed class RestrictionAppliedReaction<TAnswer>(TimeProvider time) : IReaction<TAnswer>
    where TAnswer : RestrictionAnswer, IContract
{
    public Guid StreamOf(TAnswer message) => message.AccountId;

    public async Task ReactAsync(UnitOfWork work, TAnswer message, CancellationToken cancellationToken)
    {
        var confirmed = new RestrictionConfirmed(
            TAnswer.WireName.Split('.')[0], message.IsRestricted, message.PersonVersion, message.AppliedAt);
        var isEverywhere = false;
        await work.ChangeAsync<Person>(
            message.AccountId,
            person =>
            {
                var decision = Restricting.Confirm(person, confirmed);
                isEverywhere = decision.Events.Count > 0
                    && person!.Restriction!.With(confirmed) is { IsOn: true, IsEverywhere: true };
                return decision;
            },
            cancellationToken);
        if (isEverywhere)
            await Effects.RestrictedEverywhereAsync(work, message.AccountId, time.GetUtcNow(), cancellationToken);
    }
}
