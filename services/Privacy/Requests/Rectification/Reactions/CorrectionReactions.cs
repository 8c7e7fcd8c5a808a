using EPerfect.Contracts.Accounts;
using EPerfect.Contracts.Domains;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Rectification.Reactions;

internal sealed class ProfileChangedReaction(TimeProvider time) : IReaction<ProfileChanged>
{
    /// <summary>What may have changed, where an older release does not say what did.</summary>
    private static readonly IReadOnlyList<string> Any = ["name", "email", "phone", "address"];

    public Guid StreamOf(ProfileChanged message) => Rectifications.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, ProfileChanged message, CancellationToken cancellationToken) =>
        RecordRectification.RecordAsync(
            work,
            RecordRectification.Of(
                message.AccountId,
                "accounts",
                message.AccountId,
                message.StreamVersion,
                message.Fields ?? Any,
                message.ChangedAt),
            time,
            cancellationToken);
}

internal sealed class BillingDetailsChangedReaction(TimeProvider time) : IReaction<BillingDetailsChanged>
{
    private static readonly IReadOnlyList<string> Any = ["paymentMethod", "billingAddress"];

    public Guid StreamOf(BillingDetailsChanged message) => Rectifications.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, BillingDetailsChanged message, CancellationToken cancellationToken) =>
        RecordRectification.RecordAsync(
            work,
            RecordRectification.Of(
                message.AccountId,
                "accounts",
                message.AccountId,
                message.StreamVersion,
                message.Fields ?? Any,
                message.ChangedAt),
            time,
            cancellationToken);
}

internal sealed class ContactCorrectedReaction(TimeProvider time) : IReaction<ContactCorrected>
{
    public Guid StreamOf(ContactCorrected message) => Rectifications.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, ContactCorrected message, CancellationToken cancellationToken) =>
        RecordRectification.RecordAsync(
            work,
            RecordRectification.Of(
                message.AccountId,
                "domains",
                message.ContactId,
                message.StreamVersion,
                message.Fields,
                message.CorrectedAt),
            time,
            cancellationToken);
}
