using EPerfect.Contracts.Accounts;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Customers.Reactions;

/// <summary>From now on the account's orders can be paid. Orders that came before the message waited for it.</summary>
internal sealed class AccountOpenedReaction : IReaction<AccountOpened>
{
    public Guid StreamOf(AccountOpened message) => message.AccountId;

    public Task ReactAsync(UnitOfWork work, AccountOpened message, CancellationToken cancellationToken) =>
        work.ChangeAsync<Customer>(message.AccountId, customer => Decide(customer, message), cancellationToken);

    public static Decision Decide(Customer? customer, AccountOpened message) => customer?.Kind is null
        ? Decision.Of(new CustomerOpened(message.AccountId, message.Kind, message.OpenedAt))
        : Decision.Nothing;
}
