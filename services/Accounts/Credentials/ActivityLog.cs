using EPerfect.PersonalData;

namespace EPerfect.Accounts.Credentials;

/// <summary>What happened to a login and when; from where is sealed.</summary>
internal sealed class ActivityLog : IInClear
{
    public static ClearDeclaration Declared { get; } = new(
        "activity-log",
        DataCategory.Activity,
        "sign-ins, failures and changes of a login, with their times",
        DataGroup.Logs,
        Purpose: "so that the person recognises what was not theirs",
        LegalBasis: "legitimate interest (GDPR Art. 6(1)(f))",
        Retention: Activity.Retention);
}
