namespace EPerfect.Contracts.Privacy;

/// <summary>A set of documents (privacy policy, terms, AUP, CGI and UCE policies) is in force from a date. The set
/// changes when any member changes.</summary>
/// <param name="PolicySet">The set's version, counted from 1.</param>
/// <param name="Documents">The members.</param>
/// <param name="EffectiveAt">From when it is in force, in UTC.</param>
/// <param name="StreamVersion">The version of the stream that this event made.</param>
public sealed record PolicySetPublished(
    int PolicySet, IReadOnlyList<DocumentReference> Documents, DateTimeOffset EffectiveAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "privacy.policy-set-published.v1";
}
