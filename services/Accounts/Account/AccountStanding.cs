using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts;

/// <summary>That there is an account, of which kind, and whether it is closed.</summary>
internal sealed class AccountStanding : IInClear
{
    public static ClearDeclaration Declared { get; } = new(
        "account-standing",
        DataCategory.AccountStatus,
        "the kind and the state of the account, and since when",
        DataGroup.Identity,
        Purpose: "to know what the account may do",
        LegalBasis: "contract (GDPR Art. 6(1)(b))",
        Retention: RetentionRules.ClosedAccount with { Remains = RetentionRules.FactsThatNameNobody });
}
