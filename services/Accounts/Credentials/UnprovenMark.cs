using EPerfect.PersonalData;

namespace EPerfect.Accounts.Credentials;

/// <summary>What finds an address that was given and is not proven; without its key it tells nothing.</summary>
internal sealed class UnprovenMark : IInClear
{
    public static ClearDeclaration Declared { get; } = new(
        "unproven-mark",
        DataCategory.Email,
        "a keyed mark of an e-mail address that somebody gave and has not proven",
        DataGroup.Identity,
        Purpose: "to find the address when its link comes back",
        LegalBasis: "steps before a contract (GDPR Art. 6(1)(b))",
        Retention: PendingAddress.Retention);
}
