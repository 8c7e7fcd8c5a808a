using EPerfect.Contracts.Privacy;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Policies.Reactions;

internal sealed class PolicySetPublishedReaction : IReaction<PolicySetPublished>
{
    public Guid StreamOf(PolicySetPublished message) => KnownPolicySets.StreamId;

    public Task ReactAsync(UnitOfWork work, PolicySetPublished message, CancellationToken cancellationToken) =>
        work.ChangeAsync<KnownPolicySets>(
            KnownPolicySets.StreamId,
            known => KnownPolicySets.Learn(known, new PolicySetLearned(message.PolicySet, message.EffectiveAt)),
            cancellationToken);
}
