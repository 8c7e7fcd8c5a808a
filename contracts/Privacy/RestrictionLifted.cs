namespace EPerfect.Contracts.Privacy;

/// <summary>A restriction is over, after the person was told. Every service lifts it and answers with
/// <c>{service}.restriction-applied.v1</c>.</summary>
/// <param name="AccountId">Whose data.</param>
/// <param name="LiftedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the person's stream that this event made. Of a restriction and its end the one
/// with the higher version holds, in whatever order they arrive.</param>
public sealed record RestrictionLifted(Guid AccountId, DateTimeOffset LiftedAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "privacy.restriction-lifted.v1";
}
