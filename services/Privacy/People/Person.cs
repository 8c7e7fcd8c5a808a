using System.Collections.Immutable;
using EPerfect.ServiceDefaults;

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

    // Whatever was postponed is settled by accepting a set that exists.
    public Person Apply(PolicySetAcknowledged e) => this with { Acknowledged = Acknowledged.Add(e), Postponed = null };

    public Person Apply(AcknowledgementPostponed e) => this with { Postponed = e };

    public Person Apply(AcknowledgementRefused e) => this with { Refused = Refused.Add(e), Postponed = null };

    public Person Apply(ConsentChanged e) => this with { Choices = Choices.Add(e) };

    public bool HasAcknowledged(int policySet) => Acknowledged.Exists(e => e.PolicySet == policySet);

    /// <summary>Not given until it is given.</summary>
    public bool Allows(string purpose) => LastChoice(purpose)?.Given ?? false;

    public ConsentChanged? LastChoice(string purpose) => Choices.FindLast(e => e.Purpose == purpose);
}
