using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.PersonalDetails;

/// <summary>What finds an e-mail address without storing it; without its key it tells nothing.</summary>
internal sealed class AddressIndex : IInClear
{
    public static ClearDeclaration Declared { get; } = new(
        "address-index",
        DataCategory.Email,
        "a keyed mark that an e-mail address is found by",
        DataGroup.Identity,
        Purpose: "to find the login or the account of an address",
        LegalBasis: "contract (GDPR Art. 6(1)(b))",
        Retention: RetentionRules.ClosedAccount);
}
