using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>Who saw what of a person, and why. Sealed for the person under <c>logs</c> wherever it rests: who is erased takes
/// that along, and the entry stays.</summary>
/// <param name="Actor">Who: <c>user/{id}</c> or <c>client/{id}</c>. Never a name.</param>
/// <param name="Role">In which role, such as <c>technical</c> or <c>staff/support</c>.</param>
/// <param name="Groups">Which groups of data, such as <c>identity</c>.</param>
/// <param name="Purpose">What for: one of <see cref="OpeningGround.Purposes"/>, or <c>membership</c>.</param>
/// <param name="Ground">Because of what, such as <c>ticket:4711</c> or <c>role:technical</c>.</param>
/// <param name="Resource">What was read: the operation and the ids in its address.</param>
public sealed record OpeningDetails(
    [Datum(DataCategory.Activity, "who looked: an opaque id")] string Actor,
    [Datum(DataCategory.Activity, "in which role")] string Role,
    [Datum(DataCategory.Activity, "which groups of data were seen")] IReadOnlyList<string> Groups,
    [Datum(DataCategory.Activity, "what for")] string Purpose,
    [Datum(DataCategory.Activity, "because of what: a ticket, an order, a role")] string Ground,
    [Datum(DataCategory.Activity, "what was read")] string Resource) : IPersonalData
{
    /// <inheritdoc/>
    public static Declaration Declared { get; } = new(
        "opening-details",
        DataGroup.Logs,
        Purpose: "so that a person can read who looked at the data, and why",
        LegalBasis: "legal obligation (GDPR Art. 5(2), 15 and 32)",
        Retention: RetentionRules.ClosedAccount);
}
