using EPerfect.Contracts.Accounts;
using EPerfect.Contracts.Partners;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Feed.Reactions;

internal sealed class AccountOpenedToFeed : IFeedReaction<AccountOpened>
{
    public Guid StreamOf(AccountOpened message) => RecordEntry.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, AccountOpened message, CancellationToken cancellationToken) =>
        RecordEntry.RecordAsync(
            work,
            RecordEntry.Entry(
                message.AccountId,
                $"{message.AccountId:D}",
                new AccountOpenedData(message.Kind, message.OpenedAt),
                message.OpenedAt),
            cancellationToken);
}

internal sealed class AccountClosedToFeed : IFeedReaction<AccountClosed>
{
    public Guid StreamOf(AccountClosed message) => RecordEntry.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, AccountClosed message, CancellationToken cancellationToken) =>
        RecordEntry.RecordAsync(
            work,
            RecordEntry.Entry(
                message.AccountId,
                $"{message.AccountId:D}",
                new AccountClosedData(message.ClosedAt),
                message.ClosedAt),
            cancellationToken);
}
