using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Register.Recording;

/// <summary>
/// An opening stands in the register. Who looked, at what and why is sealed for the person whose data it was: when the
/// person is erased, the entry stays, unreadable, and all proofs hold.
/// </summary>
/// <param name="OpeningId">The opening, and its stream.</param>
/// <param name="AccountId">Whose data.</param>
/// <param name="Service">Which service opened it.</param>
/// <param name="OpenedAt">When.</param>
/// <param name="Details">Null if the person was erased before it could be recorded.</param>
internal sealed record OpeningRecorded(
    Guid OpeningId, Guid AccountId, string Service, DateTimeOffset OpenedAt, Sealed<OpeningDetails>? Details);

/// <summary>Who saw what of a person, and why.</summary>
internal sealed record OpeningDetails(
    [Datum(DataCategory.Activity, "who looked: an opaque id")] string Actor,
    [Datum(DataCategory.Activity, "in which role")] string Role,
    [Datum(DataCategory.Activity, "which groups of data were seen")] IReadOnlyList<string> Groups,
    [Datum(DataCategory.Activity, "what for")] string Purpose,
    [Datum(DataCategory.Activity, "because of what: a ticket, an order, a role")] string Ground,
    [Datum(DataCategory.Activity, "what was read")] string Resource) : IPersonalData
{
    public static Declaration Declared { get; } = new(
        "opening-details",
        DataGroup.Logs,
        Purpose: "so that a person can read who looked at the data, and why",
        LegalBasis: "legal obligation (GDPR Art. 5(2), 15 and 32)",
        Retention: RetentionRules.ClosedAccount);
}

/// <summary>One opening's stream: whether it is recorded.</summary>
internal sealed record RecordedOpening(Guid Id)
{
    public static RecordedOpening Create(OpeningRecorded e) => new(e.OpeningId);
}
