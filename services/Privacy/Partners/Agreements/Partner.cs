using System.Collections.Immutable;
using EPerfect.PersonalData;
using EPerfect.Privacy.Partners.Queues;
using EPerfect.Privacy.Partners.Sandbox;
using EPerfect.ServiceDefaults;
using JasperFx.Events;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>What waits for two approvals.</summary>
internal sealed record Proposal(int Version, Terms Terms, Guid ProposedBy, ImmutableList<AgreementApproved> Approvals);

/// <summary>Deliveries have stopped at this place in the store.</summary>
internal sealed record Stop(StopReason Reason, long Position, DateTimeOffset At);

/// <summary>Somebody who is told of customers, by agreement.</summary>
internal sealed record Partner : IOwned
{
    public Guid Id { get; init; }

    Guid? IOwned.AccountId => null;

    Guid? IOwned.PartnerId => Id;

    public string Company { get; init; } = "";

    public PartnerKind Kind { get; init; }

    public PartnerMode Mode { get; init; }

    public Sealed<ErasureContact>? ErasureContact { get; init; }

    public PartnerKey? Key { get; init; }

    /// <summary>The names of all keys that it ever had: what was encrypted, or asked for, under one is known by
    /// that name.</summary>
    public ImmutableHashSet<string> KeyIds { get; init; } = [];

    public DateTimeOffset RegisteredAt { get; init; }

    /// <summary>The last version that was proposed or agreed.</summary>
    public int LastVersion { get; init; }

    public Proposal? Proposal { get; init; }

    public Agreement? Agreement { get; init; }

    public Stop? Suspended { get; init; }

    public Stop? Ended { get; init; }

    /// <summary>Where nothing is delivered any more, or for now; null if deliveries go on.</summary>
    public Stop? Stopped => Ended ?? Suspended;

    /// <summary>Since when nothing is delivered: an agreement may have ended while it was suspended.</summary>
    public DateTimeOffset? StoppedSince => (Suspended ?? Ended)?.At;

    /// <summary>Since when it has been delivered to without a break; of no meaning while it is not.</summary>
    public DateTimeOffset DeliveredSince { get; init; }

    /// <summary>How often the services were to be asked of everybody.</summary>
    public int AskingRound { get; init; }

    /// <summary>When nobody at the partner could be written to any more.</summary>
    public DateTimeOffset? ContactForgottenAt { get; init; }

    /// <summary>The last password for its queue; null if it has none.</summary>
    public QueueAccessGiven? QueueAccess { get; init; }

    /// <summary>The people of its sandbox, who do not exist.</summary>
    public ImmutableHashSet<Guid> SyntheticPeople { get; init; } = [];

    public PartnerState State => this switch
    {
        { Ended: not null } => PartnerState.Ended,
        { Suspended: not null } => PartnerState.Suspended,
        { Agreement: not null } => PartnerState.Active,
        _ => PartnerState.Registered,
    };

    /// <summary>What may be told now; null if nothing.</summary>
    public Agreement? InForce(DateTimeOffset now) =>
        State == PartnerState.Active && !(Agreement!.Terms.Until <= now) ? Agreement : null;

    /// <summary>What is agreed, also while deliveries are suspended: they will go on.</summary>
    public Agreement? Agreed(DateTimeOffset now) =>
        Ended is null && Agreement is { } agreement && !(agreement.Terms.Until <= now) ? agreement : null;

    public static Partner Create(PartnerRegistered e) => new()
    {
        Id = e.PartnerId,
        Company = e.Company,
        Kind = e.Kind,
        Mode = e.Mode,
        ErasureContact = e.ErasureContact,
        Key = e.Key,
        KeyIds = e.Key is { } key ? [key.ToEncrypt().Kid] : [],
        RegisteredAt = e.RegisteredAt,
    };

    public Partner Apply(PartnerKeyChanged e) =>
        this with { Key = e.Key, KeyIds = KeyIds.Add(e.Key.ToEncrypt().Kid) };

    public Partner Apply(AskingBegun e) => this with { AskingRound = e.Round };

    public Partner Apply(AskingEnded _) => this;

    public Partner Apply(AgreementProposed e) =>
        this with { LastVersion = e.Version, Proposal = new(e.Version, e.Terms, e.ProposedBy, []) };

    public Partner Apply(AgreementApproved e) =>
        this with { Proposal = Proposal! with { Approvals = Proposal.Approvals.Add(e) } };

    // Delivery goes on where it was; where nothing was in force, or its term was over, it begins here.
    public Partner Apply(IEvent<AgreementActivated> e) => this with
    {
        Agreement = Agreed(e.Data.ActivatedAt)?.Replace(e.Data.Version, Proposal!.Terms, e.Sequence)
            ?? new(e.Data.Version, Proposal!.Terms, e.Sequence),
        DeliveredSince = Agreed(e.Data.ActivatedAt) is null ? e.Data.ActivatedAt : DeliveredSince,
        Proposal = null,
        Ended = null,
    };

    // What was proposed before it knew nothing of it, and would bring back what was taken away.
    public Partner Apply(AgreementNarrowed e) => this with
    {
        LastVersion = e.Version,
        Agreement = Agreement! with { Version = e.Version, Terms = e.Terms },
        Proposal = null,
    };

    public Partner Apply(IEvent<PartnerSuspended> e) =>
        this with { Suspended = new(e.Data.Reason, e.Sequence, e.Data.SuspendedAt) };

    public Partner Apply(PartnerResumed e) => this with { Suspended = null, DeliveredSince = e.ResumedAt };

    public Partner Apply(IEvent<AgreementEnded> e) =>
        this with { Ended = new(e.Data.Reason, e.Sequence, e.Data.EndedAt), Proposal = null, QueueAccess = null };

    public Partner Apply(ErasureContactForgotten e) =>
        this with { ContactForgottenAt = e.ForgottenAt, Proposal = null };

    public Partner Apply(QueueAccessGiven e) => this with { QueueAccess = e };

    public Partner Apply(QueueClosed _) => this with { QueueAccess = null };

    public Partner Apply(SyntheticPersonAdded e) => this with { SyntheticPeople = SyntheticPeople.Add(e.PersonId) };
}
