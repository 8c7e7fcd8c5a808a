namespace EPerfect.Contracts.Privacy;

/// <summary>A person is to be erased. Every service that holds anything of them destroys its keys, searches its store and
/// answers with <c>{service}.personal-data-shredded.v1</c>.</summary>
/// <param name="ErasureId">The erasure.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="OrderedAt">When it was ordered, in UTC.</param>
/// <param name="StreamVersion">The version of the erasure's stream that this event made.</param>
public sealed record ErasureOrdered(Guid ErasureId, Guid AccountId, DateTimeOffset OrderedAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "privacy.erasure-ordered.v1";
}
