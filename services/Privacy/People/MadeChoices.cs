using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

/// <summary>What a person accepted, allowed, forbade and objected to.</summary>
internal sealed class MadeChoices : IInClear
{
    public static ClearDeclaration Declared { get; } = new(
        "made-choices",
        DataCategory.Choices,
        "what was accepted, allowed, forbidden and objected to, and what notice was given",
        DataGroup.Identity,
        Purpose: "to do what the person chose, and to show that the person chose it",
        LegalBasis: "legal obligation (GDPR Art. 7(1), 21 and 5(2))",
        Retention: RetentionRules.ClosedAccount with { Remains = RetentionRules.FactsThatNameNobody });
}
