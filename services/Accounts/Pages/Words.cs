using EPerfect.Accounts.Credentials;

namespace EPerfect.Accounts.Pages;

/// <summary>What happened, for a person to read.</summary>
internal static class Words
{
    public static string For(string kind) => kind switch
    {
        ActivityKinds.SignedUp => "Signed up",
        ActivityKinds.SignedIn => "Signed in",
        ActivityKinds.SignInFailed => "Wrong password",
        ActivityKinds.SecondFactorFailed => "Wrong code or passkey",
        ActivityKinds.SignedOutEverywhere => "Signed out everywhere",
        ActivityKinds.PasswordChanged => "Password changed",
        ActivityKinds.PasswordReset => "New password set by mail",
        ActivityKinds.AddressChanged => "E-mail address changed",
        ActivityKinds.AuthenticatorAdded => "Authenticator app added",
        ActivityKinds.AuthenticatorRemoved => "Authenticator app removed",
        ActivityKinds.PasskeyAdded => "Passkey added",
        ActivityKinds.PasskeyRemoved => "Passkey removed",
        ActivityKinds.RecoveryCodesMade => "Recovery codes made",
        ActivityKinds.RecoveryCodeUsed => "Recovery code used",
        _ => kind,
    };
}
