namespace EPerfect.Contracts.Privacy;

/// <summary>All services have proven that a person is erased, and a certificate says so.</summary>
/// <param name="ErasureId">The erasure; its certificate is at <c>/api/privacy/certificates/{id}</c>.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="IsFinal">Whether nothing is held back any more, and no copy of the destroyed keys can be read. Until then it
/// comes again.</param>
/// <param name="CompletedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the erasure's stream that this event made.</param>
public sealed record ErasureCompleted(
    Guid ErasureId, Guid AccountId, bool IsFinal, DateTimeOffset CompletedAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "privacy.erasure-completed.v1";
}
