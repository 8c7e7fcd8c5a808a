using EPerfect.PersonalData;

namespace EPerfect.Privacy.Partners.Agreements;

/// <param name="PartnerId">The partner, and its stream.</param>
/// <param name="Company">The company's name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">Whether it hears of customers.</param>
/// <param name="ErasureContact">Whom to write to when somebody is erased.</param>
/// <param name="Key">What personal data is encrypted to.</param>
/// <param name="RegisteredAt">When.</param>
internal sealed record PartnerRegistered(
    Guid PartnerId,
    string Company,
    PartnerKind Kind,
    PartnerMode Mode,
    Sealed<ErasureContact> ErasureContact,
    PartnerKey? Key,
    DateTimeOffset RegisteredAt);

/// <summary>From this event's place in the store on, personal data is encrypted to this key.</summary>
internal sealed record PartnerKeyChanged(PartnerKey Key, DateTimeOffset ChangedAt);

/// <summary>All who agree to it are to be shared with the partner, for the first time or anew: the services are asked.</summary>
internal sealed record AskingBegun(int Round, DateTimeOffset BegunAt);

/// <summary>The services were asked of everybody.</summary>
internal sealed record AskingEnded(int Round, DateTimeOffset EndedAt);

/// <summary>Replaces a proposal that waits.</summary>
internal sealed record AgreementProposed(int Version, Terms Terms, Guid ProposedBy, DateTimeOffset ProposedAt);

/// <summary>One of two: <c>privacy-officer</c> or <c>legal</c>.</summary>
internal sealed record AgreementApproved(int Version, string Role, Guid ApprovedBy, DateTimeOffset ApprovedAt);

/// <summary>It holds from this event's place in the store on, until then if it is for a time.</summary>
internal sealed record AgreementActivated(int Version, DateTimeOffset ActivatedAt, DateTimeOffset? Until = null);

/// <summary>Less than before; holds at once for all that is sent after it. A proposal that waits is dropped.</summary>
internal sealed record AgreementNarrowed(int Version, Terms Terms, DateTimeOffset NarrowedAt);

/// <summary>Nothing is sent after this event's place in the store.</summary>
internal sealed record PartnerSuspended(StopReason Reason, DateTimeOffset SuspendedAt);

internal sealed record PartnerResumed(DateTimeOffset ResumedAt);

/// <summary>Nothing is sent after this event's place in the store.</summary>
internal sealed record AgreementEnded(StopReason Reason, DateTimeOffset EndedAt);

/// <summary>The contact's key is destroyed. Nothing can be agreed any more: who comes back is registered anew.</summary>
internal sealed record ErasureContactForgotten(DateTimeOffset ForgottenAt);
