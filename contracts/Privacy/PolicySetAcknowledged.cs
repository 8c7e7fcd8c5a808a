namespace EPerfect.Contracts.Privacy;

/// <summary>A person has accepted a set of documents.</summary>
/// <param name="AccountId">The person's account.</param>
/// <param name="PolicySet">The set's version.</param>
/// <param name="AcknowledgedAt">When it was accepted, in UTC.</param>
/// <param name="StreamVersion">The version of the person's stream that this event made.</param>
public sealed record PolicySetAcknowledged(
    Guid AccountId, int PolicySet, DateTimeOffset AcknowledgedAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "privacy.policy-set-acknowledged.v1";
}
