namespace EPerfect.Contracts.Privacy;

/// <summary>What a service tells the register of openings when it has opened a person's data for somebody else. Who it was and
/// why, only Privacy can read.</summary>
public abstract record SealedOpening
{
    /// <summary>The opening.</summary>
    public Guid OpeningId { get; init; }

    /// <summary>The account whose data it is.</summary>
    public Guid AccountId { get; init; }

    /// <summary>Who, in which role, which groups of data, what for, on what ground and what was read: a compact JWE (RFC 7516,
    /// ECDH-ES with A256GCM) for the key of <see cref="OpeningKeyPublished"/> that its <c>kid</c> names. Null if the person was
    /// erased before this was sent.</summary>
    public string? Details { get; init; }

    /// <summary>When, in UTC.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>Always 1: an opening is alone in its stream.</summary>
    public long StreamVersion { get; init; }
}
