using EPerfect.PersonalData;

namespace EPerfect.Accounts.PersonalDetails;

/// <summary>What finds an e-mail address without storing it; without its key it tells nothing.</summary>
internal sealed class AddressIndex : IInClear
{
    public static ClearDeclaration Declared { get; } = new(
        "address-index",
        DataCategory.Email,
        "a keyed mark that an e-mail address is found by",
        DataGroup.Identity,
        Purpose: "to find the login or the account of an address, and to slow down who guesses",
        LegalBasis: "contract (GDPR Art. 6(1)(b))",
        Retention: "as long as the address is in use; a day where it only counts attempts");
}
