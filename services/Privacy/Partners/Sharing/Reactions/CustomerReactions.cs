using EPerfect.Contracts.Accounts;
using EPerfect.Contracts.Domains;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;
using C = EPerfect.Contracts.Privacy;

namespace EPerfect.Privacy.Partners.Sharing.Reactions;

/// <summary>A person agrees that partners are told.</summary>
internal sealed class ConsentChangedToSharing(AskForData ask) : IReaction<C.ConsentChanged>
{
    public Guid StreamOf(C.ConsentChanged message) => RecordEntry.StreamOf(message.AccountId);

    // Whether it still holds is looked up: a withdrawal may have come first.
    public Task ReactAsync(UnitOfWork work, C.ConsentChanged message, CancellationToken cancellationToken) =>
        message is { Purpose: Purposes.PartnerSharing, Given: true }
            ? ask.ForAllAsync(work, message.AccountId, AskCause.Consent, cancellationToken)
            : Task.CompletedTask;
}

/// <summary>What could not be opened can be again.</summary>
internal sealed class RestrictionLiftedToSharing(AskForData ask) : IReaction<C.RestrictionLifted>
{
    public Guid StreamOf(C.RestrictionLifted message) => RecordEntry.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, C.RestrictionLifted message, CancellationToken cancellationToken) =>
        ask.ForAllAsync(work, message.AccountId, AskCause.Lifted(message.StreamVersion), cancellationToken);
}

internal sealed class ProfileChangedToSharing(AskForData ask) : IReaction<ProfileChanged>
{
    public Guid StreamOf(ProfileChanged message) => RecordEntry.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, ProfileChanged message, CancellationToken cancellationToken)
    {
        var cause = AskCause.CorrectedInAccounts(message.StreamVersion);
        return message.Fields is null || message.Fields.Any(cause.IsAbout)
            ? ask.ForAllAsync(work, message.AccountId, cause, cancellationToken)
            : Task.CompletedTask;
    }
}

internal sealed class ContactCorrectedToSharing(AskForData ask) : IReaction<ContactCorrected>
{
    public Guid StreamOf(ContactCorrected message) => RecordEntry.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, ContactCorrected message, CancellationToken cancellationToken)
    {
        var cause = AskCause.CorrectedInDomains(message.ContactId, message.StreamVersion);
        return message.Fields.Any(cause.IsAbout)
            ? ask.ForAllAsync(work, message.AccountId, cause, cancellationToken)
            : Task.CompletedTask;
    }
}

internal sealed class DomainRegisteredToSharing(AskForData ask) : IReaction<DomainRegistered>
{
    public Guid StreamOf(DomainRegistered message) => RecordEntry.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, DomainRegistered message, CancellationToken cancellationToken) =>
        ask.ForAllAsync(work, message.AccountId, AskCause.Registrant, cancellationToken);
}
