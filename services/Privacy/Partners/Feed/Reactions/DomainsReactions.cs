using EPerfect.Contracts.Domains;
using EPerfect.Contracts.Partners;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Feed.Reactions;

internal sealed class DomainRegisteredToFeed : IFeedReaction<DomainRegistered>
{
    public Guid StreamOf(DomainRegistered message) => RecordEntry.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, DomainRegistered message, CancellationToken cancellationToken) =>
        RecordEntry.RecordAsync(
            work,
            RecordEntry.Entry(
                message.AccountId,
                $"{message.ItemId:D} {message.StreamVersion}",
                new DomainRegisteredData(
                    message.DomainName,
                    message.OrderId,
                    message.ItemId,
                    message.RegisteredAt,
                    message.ExpiresAt),
                message.RegisteredAt),
            cancellationToken);
}

internal sealed class DomainRegistrationFailedToFeed : IFeedReaction<DomainRegistrationFailed>
{
    public Guid StreamOf(DomainRegistrationFailed message) => message.AccountId is { } account
        ? RecordEntry.StreamOf(account)
        : message.ItemId;

    public async Task ReactAsync(
        UnitOfWork work, DomainRegistrationFailed message, CancellationToken cancellationToken)
    {
        // Who published it before the account was named in it is not known here; nobody hears of that one.
        if (message.AccountId is not { } account) return;
        await RecordEntry.RecordAsync(
            work,
            RecordEntry.Entry(
                account,
                $"{message.ItemId:D} {message.StreamVersion}",
                new DomainRegistrationFailedData(
                    message.DomainName,
                    message.OrderId,
                    message.ItemId,
                    message.Reason,
                    message.FailedAt),
                message.FailedAt),
            cancellationToken);
    }
}
