namespace EPerfect.Contracts.Domains;

/// <summary>A registrant contact was corrected. The values stay with Domains, sealed.</summary>
/// <param name="ContactId">The contact.</param>
/// <param name="AccountId">Whose it is.</param>
/// <param name="Fields">What is another than before, by name: <c>name</c>, <c>organisation</c>, <c>email</c>, <c>phone</c>,
/// <c>address</c>.</param>
/// <param name="CorrectedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the contact's stream that this event made.</param>
public sealed record ContactCorrected(
    Guid ContactId, Guid AccountId, IReadOnlyList<string> Fields, DateTimeOffset CorrectedAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "domains.contact-corrected.v1";
}
