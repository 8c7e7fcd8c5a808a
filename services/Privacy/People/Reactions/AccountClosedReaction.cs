using EPerfect.Contracts.Accounts;
using EPerfect.Privacy.Requests.Erasure;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People.Reactions;

/// <summary>An account is closed: from now on the period runs after which the person is erased.</summary>
internal sealed class AccountClosedReaction : IReaction<AccountClosed>
{
    public Guid StreamOf(AccountClosed message) => message.AccountId;

    public Task ReactAsync(UnitOfWork work, AccountClosed message, CancellationToken cancellationToken) =>
        work.ChangeAsync<Person>(
            message.AccountId, person => EraseClosedAccount.Note(person, message.ClosedAt), cancellationToken);
}
