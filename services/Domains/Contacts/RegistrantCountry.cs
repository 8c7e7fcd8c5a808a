using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Contacts;

/// <summary>All that the world sees of a registrant.</summary>
internal sealed class RegistrantCountry : IInClear
{
    public static ClearDeclaration Declared { get; } = new(
        "registrant-country",
        DataCategory.Country,
        "the country of a domain's registrant",
        DataGroup.Contact,
        Purpose: "to be shown by RDAP, as registries demand",
        LegalBasis: "legal obligation (ICANN Registration Data Policy)",
        Retention: RetentionRules.ClosedAccount with { Remains = RetentionRules.FactsThatNameNobody });
}
