using EPerfect.PersonalData;

namespace EPerfect.Privacy.Requests.Exports;

/// <summary>What opens the parts of one export. It is sealed like personal data, for it is to be destroyed like it.</summary>
internal sealed record ExportSecret(
    [Datum(DataCategory.Credential, "the key of an export that you asked for")] string Number) : IPersonalData
{
    public static Declaration Declared { get; } = new(
        "export-secret",
        DataGroup.Communications,
        Purpose: "so that nobody but you reads your export, and nobody at all when it is over",
        LegalBasis: "legal obligation (GDPR Art. 12, 15, 20 and 32)",
        Retention: EndExport.Retention);
}
