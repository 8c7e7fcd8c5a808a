using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

/// <summary>What a person asked for under privacy law, and what became of it.</summary>
internal sealed class FiledRequests : IInClear
{
    public static ClearDeclaration Declared { get; } = new(
        "filed-requests",
        DataCategory.Activity,
        "the kind of each request, who filed it, under which law, how it ended, and which details were corrected when",
        DataGroup.Communications,
        Purpose: "to answer in time, and to show that it was",
        LegalBasis: "legal obligation (GDPR Art. 12(3) and 5(2))",
        Retention: RetentionRules.ClosedAccount with { Remains = RetentionRules.FactsThatNameNobody });
}
