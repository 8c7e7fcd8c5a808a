using EPerfect.Contracts.Partners;

namespace EPerfect.Contracts.Privacy;

/// <summary>What a service says when it was asked for values of a person on behalf of a partner: each as a JWE that the partner
/// alone can read.</summary>
public abstract record PartnerDataAnswer
{
    /// <summary>The question.</summary>
    public Guid AskId { get; init; }

    /// <summary>Whom it is for.</summary>
    public Guid PartnerId { get; init; }

    /// <summary>Whose data.</summary>
    public Guid AccountId { get; init; }

    /// <summary>What this service holds of what was asked for; the rest is null.</summary>
    public CustomerSharedData Enclosed { get; init; } = new(Name: null, Email: null, Phone: null, Address: null);

    /// <summary>When it was opened, in UTC.</summary>
    public DateTimeOffset EnclosedAt { get; init; }

    /// <summary>Always 1: an answer is alone in its stream.</summary>
    public long StreamVersion { get; init; }
}
