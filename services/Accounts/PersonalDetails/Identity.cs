using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.PersonalDetails;

internal sealed record Identity([Datum(DataCategory.Name, "the full name")] string Name) : IPersonalData
{
    public const int LongestName = 200;

    public static Declaration Declared { get; } = new(
        "account-identity",
        DataGroup.Identity,
        Purpose: "to know who the customer is",
        LegalBasis: "contract",
        Retention: RetentionRules.ClosedAccount);
}
