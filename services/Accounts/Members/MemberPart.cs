using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Members;

/// <summary>Which login belongs to which account, and as what.</summary>
internal sealed class MemberPart : IInClear
{
    public static ClearDeclaration Declared { get; } = new(
        "member-part",
        DataCategory.AccountStatus,
        "the part that a person has in an account",
        DataGroup.Identity,
        Purpose: "to know who may act for the account",
        LegalBasis: "contract (GDPR Art. 6(1)(b))",
        Retention: RetentionRules.ClosedAccount with { Remains = RetentionRules.FactsThatNameNobody });
}
