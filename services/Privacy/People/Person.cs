using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using EPerfect.Privacy.Partners.Sandbox;
using EPerfect.ServiceDefaults;
using JasperFx.Events;

namespace EPerfect.Privacy.People;

/// <summary>
/// What one person accepted and allowed. Keyed by the account's id; may begin before the account's own message comes.
/// </summary>
internal sealed record Person : IOwned
{
    public Guid Id { get; init; }

    Guid? IOwned.AccountId => Id;

    public ImmutableList<PolicySetAcknowledged> Acknowledged { get; init; } = [];

    public ImmutableList<AcknowledgementRefused> Refused { get; init; } = [];

    public AcknowledgementPostponed? Postponed { get; init; }

    public ImmutableList<ConsentChanged> Choices { get; init; } = [];

    /// <summary>The versions of the privacy policy that the person was told of.</summary>
    public ImmutableList<NoticeGiven> Told { get; init; } = [];

    public ImmutableHashSet<string> Objections { get; init; } = [];

    /// <summary>The restriction, or its end, that was ordered last.</summary>
    public RestrictionState? Restriction { get; init; }

    public bool IsRestricted => Restriction is { IsOn: true };

    /// <summary>When the account was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>An erasure that was ordered.</summary>
    public PersonErasureOrdered? Erasing { get; init; }

    /// <summary>What was proven last.</summary>
    public PersonErased? Erased { get; init; }

    /// <summary>The person does not exist: made for the sandbox of this partner.</summary>
    public Guid? SyntheticFor { get; init; }

    public DateTimeOffset? SyntheticAccountClosedAt { get; init; }

    // Whatever was postponed is settled by accepting a set that exists.
    public Person Apply(PolicySetAcknowledged e) => this with { Acknowledged = Acknowledged.Add(e), Postponed = null };

    public Person Apply(AcknowledgementPostponed e) => this with { Postponed = e };

    public Person Apply(AcknowledgementRefused e) => this with { Refused = Refused.Add(e), Postponed = null };

    public Person Apply(ConsentChanged e) => this with { Choices = Choices.Add(e) };

    public Person Apply(NoticeGiven e) => this with { Told = Told.Add(e) };

    public Person Apply(ObjectionRaised e) => this with { Objections = Objections.Add(e.Purpose) };

    public Person Apply(ObjectionWithdrawn e) => this with { Objections = Objections.Remove(e.Purpose) };

    public Person Apply(ObjectionOverruled e) => this with { Objections = Objections.Remove(e.Purpose) };

    public Person Apply(IEvent<ProcessingRestricted> e) =>
        this with { Restriction = new RestrictionState(IsOn: true, e.Version, e.Data.RestrictedAt) };

    public Person Apply(RestrictionEnding e) =>
        this with { Restriction = Restriction! with { Ending = e } };

    public Person Apply(IEvent<RestrictionLifted> e) =>
        this with { Restriction = new RestrictionState(IsOn: false, e.Version, e.Data.LiftedAt) };

    public Person Apply(RestrictionConfirmed e) => this with { Restriction = Restriction?.With(e) };

    /// <summary>Who was told of a version knows what changed before it too.</summary>
    public bool WasToldOf(int policyVersion) => Told.Exists(e => e.PolicyVersion >= policyVersion);

    public bool ObjectsTo(string purpose) => Objections.Contains(purpose);

    public Person Apply(AccountClosureNoted e) => this with { ClosedAt = e.ClosedAt };

    public Person Apply(PersonErasureOrdered e) => this with { Erasing = e };

    public Person Apply(PersonErased e) => this with { Erased = e };

    public Person Apply(SyntheticPersonMade e) => Apply(e.Accepted).Apply(e.Consent) with { SyntheticFor = e.PartnerId };

    public Person Apply(SyntheticConsentWithdrawn e) => Apply(e.Consent);

    public Person Apply(SyntheticAccountClosed e) => this with { SyntheticAccountClosedAt = e.ClosedAt };

    public Person Apply(SyntheticPersonErased e) => Apply(e.Order);

    /// <summary>Under this id there is nobody, or somebody who does not exist.</summary>
    public static bool IsNobody([NotNullWhen(false)] Person? person) => person is null or { SyntheticFor: not null };

    public bool HasAcknowledged(int policySet) => Acknowledged.Exists(e => e.PolicySet == policySet);

    /// <summary>Not given until it is given.</summary>
    public bool Allows(string purpose) => LastChoice(purpose)?.Given ?? false;

    public ConsentChanged? LastChoice(string purpose) => Choices.FindLast(e => e.Purpose == purpose);
}
