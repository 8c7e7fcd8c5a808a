using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Registration;

/// <summary>A name is public by its nature; that an account holds it, is known here.</summary>
internal sealed class HeldName : IInClear
{
    public static ClearDeclaration Declared { get; } = new(
        "held-name",
        DataCategory.Services,
        "the domain name that is registered for an account",
        DataGroup.Contact,
        Purpose: "to register the name and to answer who may change it",
        LegalBasis: "contract (GDPR Art. 6(1)(b))",
        Retention: RetentionRules.ClosedAccount with { Remains = RetentionRules.FactsThatNameNobody });
}
