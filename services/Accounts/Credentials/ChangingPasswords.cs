using Microsoft.AspNetCore.Identity;

namespace EPerfect.Accounts.Credentials;

/// <summary>A new password, and what follows from it: who is signed in elsewhere is so no more.</summary>
internal sealed class ChangingPasswords(
    UserManager<Login> users,
    Logins logins,
    Passwords passwords,
    PasswordRules rules,
    Attempts attempts,
    Sessions sessions,
    SignedInElsewhere elsewhere,
    MailLinks links,
    Activity activity,
    Letters letters,
    IdentityDatabase database)
{
    public const string ResetPurpose = "reset-password";
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(1);

    /// <summary>Why the password will not do for this login, in words; null if it will.</summary>
    public async Task<string?> WhyNotAsync(Login login, string password, CancellationToken cancellationToken) =>
        await rules.WhyNotAsync(
            PasswordRules.Normalise(password), await logins.AddressOfAsync(login, cancellationToken) ?? "", cancellationToken);

    /// <summary>Sends the link, if anybody has the address.</summary>
    public async Task AskForResetAsync(string email, CancellationToken cancellationToken)
    {
        if (await logins.FindAsync(email, cancellationToken) is { IsShut: false } login)
            await letters.ToAsync(login, LetterKinds.ResetPassword, cancellationToken);
    }

    /// <summary>Whose password a link may set; null if it is too old, or was used.</summary>
    public async Task<Login?> FindAsync(string? token) =>
        links.Read(ResetPurpose, token) is { } link
        && await users.FindByIdAsync(link.Id.ToString("D")) is { IsShut: false } login
        && string.Equals(login.SecurityStamp, link.State, StringComparison.Ordinal)
            ? login
            : null;

    /// <summary>Whoever reads the owner's mail is the owner as far as the password goes: what strangers' failures put to
    /// rest is awake again. The second factor stands for the day on which somebody else reads that mail, so its failures
    /// still count.</summary>
    public async Task ResetAsync(HttpContext http, Login login, string password, CancellationToken cancellationToken)
    {
        await SetAsync(http, login, password, ActivityKinds.PasswordReset, cancellationToken);
        await attempts.ForgetAsync(Attempts.Password(login.EmailIndex), cancellationToken);
        // The links that were sent are used up with it.
        await attempts.ForgetAsync(Attempts.Mail(LetterKinds.ResetPassword, login.EmailIndex), cancellationToken);
    }

    public async Task ChangeAsync(HttpContext http, Session session, string password, CancellationToken cancellationToken)
    {
        await SetAsync(http, session.Login, password, ActivityKinds.PasswordChanged, cancellationToken);
        await sessions.RenewAsync(http, session, session.Proven);
    }

    /// <summary>In place of one that somebody else knows; the person is not signed in yet.</summary>
    public Task ReplaceFirstAsync(HttpContext http, Login login, string password, CancellationToken cancellationToken) =>
        SetAsync(http, login, password, ActivityKinds.PasswordChanged, cancellationToken);

    private async Task SetAsync(
        HttpContext http, Login login, string password, string kind, CancellationToken cancellationToken)
    {
        login.PasswordHash = await passwords.HashAsync(password, cancellationToken);
        login.MustChangePassword = false;
        await database.AsOneAsync(async () =>
        {
            await elsewhere.EndAsync(login, cancellationToken);
            await activity.RecordAsync(http, login.Id, kind, cancellationToken);
            await letters.ToAsync(login, LetterKinds.PasswordChanged, cancellationToken);
        });
    }
}
