namespace EPerfect.Contracts.Privacy;

/// <summary>A restriction will be lifted: the person is told before it is (GDPR Art. 18(3)).</summary>
/// <param name="AccountId">Whose data.</param>
/// <param name="Ground">Why: <c>asked-by-the-person</c>, <c>accuracy-verified</c>, <c>processing-lawful</c>,
/// <c>claims-settled</c> or <c>interest-prevails</c>.</param>
/// <param name="LiftAt">When it will be lifted, in UTC.</param>
/// <param name="AnnouncedAt">When the person was told, in UTC.</param>
/// <param name="StreamVersion">The version of the person's stream that this event made.</param>
public sealed record RestrictionEnding(
    Guid AccountId, string Ground, DateTimeOffset LiftAt, DateTimeOffset AnnouncedAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "privacy.restriction-ending.v1";
}
