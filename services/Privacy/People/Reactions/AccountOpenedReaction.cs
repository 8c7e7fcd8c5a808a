using EPerfect.Contracts.Accounts;
using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People.Reactions;

/// <summary>Who opens an account has accepted a set of documents: kept as that person's acknowledgement.</summary>
internal sealed class AccountOpenedReaction(TimeProvider time) : IReaction<AccountOpened>
{
    public Guid StreamOf(AccountOpened message) => message.AccountId;

    public async Task ReactAsync(UnitOfWork work, AccountOpened message, CancellationToken cancellationToken)
    {
        var sets = await work.Session.Events.FetchLatest<PolicySets>(PolicySets.StreamId, cancellationToken);
        await work.ChangeAsync<Person>(
            message.AccountId,
            person => SettleAcknowledgement.Decide(person, sets, message.PolicySet, message.OpenedAt, time.GetUtcNow()),
            cancellationToken);
    }
}
