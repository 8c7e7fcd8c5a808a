using EPerfect.Contracts.Accounts;
using EPerfect.Orders.Payment;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Customers.Reactions;

/// <summary>From now on the account orders nothing; an order that is not paid yet is cancelled by its next payment
/// step.</summary>
internal sealed class AccountClosedReaction(TimeProvider clock) : IReaction<AccountClosed>
{
    public Guid StreamOf(AccountClosed message) => message.AccountId;

    public async Task ReactAsync(UnitOfWork work, AccountClosed message, CancellationToken cancellationToken)
    {
        await work.ChangeAsync<Customer>(message.AccountId, customer => Decide(customer, message), cancellationToken);
        await DeferredPayments.ResumeAsync(work, message.AccountId, clock.GetUtcNow(), cancellationToken);
    }

    public static Decision Decide(Customer? customer, AccountClosed message) => customer is not { IsClosed: true }
        ? Decision.Of(new CustomerClosed(message.AccountId, message.ClosedAt))
        : Decision.Nothing;
}
