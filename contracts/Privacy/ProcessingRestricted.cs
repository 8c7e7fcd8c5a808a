namespace EPerfect.Contracts.Privacy;

/// <summary>The processing of a person's data is restricted (GDPR Art. 18): it is kept, and used for nothing but what Art. 18(2)
/// excepts. Every service restricts it and answers with <c>{service}.restriction-applied.v1</c>.</summary>
/// <param name="AccountId">Whose data.</param>
/// <param name="RestrictedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the person's stream that this event made. Of a restriction and its end the one
/// with the higher version holds, in whatever order they arrive.</param>
public sealed record ProcessingRestricted(Guid AccountId, DateTimeOffset RestrictedAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "privacy.processing-restricted.v1";
}
