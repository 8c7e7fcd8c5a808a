using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

/// <summary>By what right somebody asks for another: a reference, in which people write names.</summary>
internal sealed record Mandate(
    [Datum(DataCategory.FreeText, "by what right somebody asked for you, as they showed it")] string Reference)
    : IPersonalData
{
    private const int Longest = 200;

    public static Declaration Declared { get; } = new(
        "agents-mandate",
        DataGroup.Communications,
        Purpose: "to show that who asked for the person was allowed to",
        LegalBasis: "legal obligation (GDPR Art. 12(6))",
        Retention: RetentionRules.ClosedAccount);

    public bool IsWellFormed() =>
        !string.IsNullOrWhiteSpace(Reference) && Reference.Length <= Longest && !Reference.Any(char.IsControl);
}
