namespace EPerfect.Contracts.Privacy;

/// <summary>A person allowed or forbade the use of data for one purpose. The higher <see cref="StreamVersion"/>
/// counts.</summary>
/// <param name="AccountId">The person's account.</param>
/// <param name="Purpose"><c>direct-mail</c> or <c>partner-sharing</c>.</param>
/// <param name="Given">Whether the use is allowed from now on.</param>
/// <param name="ChangedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the person's stream that this event made.</param>
public sealed record ConsentChanged(
    Guid AccountId, string Purpose, bool Given, DateTimeOffset ChangedAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "privacy.consent-changed.v1";
}
