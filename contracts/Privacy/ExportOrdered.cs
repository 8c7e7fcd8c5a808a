namespace EPerfect.Contracts.Privacy;

/// <summary>A person is to get what is held of them. Every service gathers its part, encrypts it to the key, and answers
/// with <c>{service}.export-part-delivered.v1</c>, once or several times.</summary>
/// <param name="ExportId">The export.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="LoginId">The login that asked and alone may fetch it; null if staff began it, for a person who wrote.</param>
/// <param name="Kind"><c>access</c>, all that is held; or <c>portability</c>, what the person provided.</param>
/// <param name="Key">What it is encrypted to.</param>
/// <param name="OrderedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the export's stream that this event made.</param>
public sealed record ExportOrdered(
    Guid ExportId,
    Guid AccountId,
    Guid? LoginId,
    string Kind,
    ExportKey Key,
    DateTimeOffset OrderedAt,
    long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "privacy.export-ordered.v1";
}
