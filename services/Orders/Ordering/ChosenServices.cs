using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Ordering;

/// <summary>What an account ordered, at what price.</summary>
internal sealed class ChosenServices : IInClear
{
    public static ClearDeclaration Declared { get; } = new(
        "chosen-services",
        DataCategory.Services,
        "what was ordered: products, domain names, quantities and prices",
        DataGroup.Billing,
        Purpose: "to deliver the order and to account for it",
        LegalBasis: "contract (GDPR Art. 6(1)(b)); the duty to keep books",
        Retention: RetentionRules.ClosedAccount with { Remains = RetentionRules.FactsThatNameNobody });
}
