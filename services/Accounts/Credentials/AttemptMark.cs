using EPerfect.PersonalData;

namespace EPerfect.Accounts.Credentials;

/// <summary>What finds an address whose attempts are counted; without its key it tells nothing.</summary>
internal sealed class AttemptMark : IInClear
{
    public static ClearDeclaration Declared { get; } = new(
        "attempt-mark",
        DataCategory.Email,
        "a keyed mark of an e-mail address that somebody tried to sign in with",
        DataGroup.Logs,
        Purpose: "to slow down who guesses",
        LegalBasis: "legitimate interest (GDPR Art. 6(1)(f))",
        Retention: Attempts.Retention);
}
