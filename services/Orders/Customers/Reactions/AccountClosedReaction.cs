using EPerfect.Contracts.Accounts;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Customers.Reactions;

/// <summary>From now on the account orders nothing; an order that is not paid yet is cancelled by its next payment
/// step.</summary>
internal sealed class AccountClosedReaction : IReaction<AccountClosed>
{
    public Guid StreamOf(AccountClosed message) => message.AccountId;

    public Task ReactAsync(UnitOfWork work, AccountClosed message, CancellationToken cancellationToken) =>
        work.ChangeAsync<Customer>(message.AccountId, customer => Decide(customer, message), cancellationToken);

    public static Decision Decide(Customer? customer, AccountClosed message) => customer is not { IsClosed: true }
        ? Decision.Of(new CustomerClosed(message.AccountId, message.ClosedAt))
        : Decision.Nothing;
}
