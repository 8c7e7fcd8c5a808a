using EPerfect.Contracts.Accounts;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Feed.Reactions;

internal sealed class AccountOpenedToFeed : IReaction<AccountOpened>
{
    public Guid StreamOf(AccountOpened message) => RecordEntry.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, AccountOpened message, CancellationToken cancellationToken) =>
        RecordEntry.RecordAsync(
            work,
            RecordEntry.Entry(
                FeedTypes.AccountOpened,
                message.AccountId,
                $"{message.AccountId:D}",
                new { message.Kind, message.OpenedAt },
                message.OpenedAt),
            cancellationToken);
}

internal sealed class AccountClosedToFeed : IReaction<AccountClosed>
{
    public Guid StreamOf(AccountClosed message) => RecordEntry.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, AccountClosed message, CancellationToken cancellationToken) =>
        RecordEntry.RecordAsync(
            work,
            RecordEntry.Entry(
                FeedTypes.AccountClosed,
                message.AccountId,
                $"{message.AccountId:D}",
                new { message.ClosedAt },
                message.ClosedAt),
            cancellationToken);
}
