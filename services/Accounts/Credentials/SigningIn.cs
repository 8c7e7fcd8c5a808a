using System.Diagnostics.Metrics;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Identity;

namespace EPerfect.Accounts.Credentials;

/// <summary>
/// The way in: what is proven, what is still to prove, and then the session. Whether an address is known shows nowhere:
/// the same is done for it, and the pages make it take the same time.
/// </summary>
internal sealed class SigningIn(
    Logins logins,
    UserManager<Login> users,
    Passwords passwords,
    Attempts attempts,
    KnownDevices devices,
    Authenticators authenticators,
    Passkeys passkeys,
    IStaffRoles staff,
    Sessions sessions,
    Activity activity,
    Letters letters,
    BlindIndex index)
{
    private static readonly Counter<long> Tried =
        Telemetry.Meter.CreateCounter<long>("identity.sign_ins", description: "Sign-ins tried, by how they ended");

    /// <summary>Whose password it is; null if it is nobody's, or the address rests.</summary>
    public async Task<Login?> WithPasswordAsync(
        HttpContext http, string email, string password, CancellationToken cancellationToken)
    {
        // What cannot be an address has no index, and counts as one that nobody has.
        var place = EmailAddress.TryNormalise(email, out _) ? index.ForEmail(email) : index.Compute("no-email", email);
        var device = devices.Find(http, place);
        var key = Attempts.Password(place, device);
        if (!await attempts.TakeAsync(key, cancellationToken)) return Failed("resting");

        var login = await logins.FindAsync(email, cancellationToken);
        // Nothing is learned by who hangs up before the answer, and nobody waits behind those who are gone.
        var result = await passwords.VerifyAsync(login, password, isKnown: device is not null, http.RequestAborted);
        if (result == PasswordVerificationResult.Failed)
        {
            // Who is erased has no history any more, and no key that one could be sealed with.
            var whose = login is { IsShut: false } ? login.Id : Activity.Nobody;
            await activity.RecordAsync(http, whose, ActivityKinds.SignInFailed, cancellationToken);
            return Failed("wrong");
        }

        await attempts.ForgetAsync(key, cancellationToken);
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            login!.PasswordHash = await passwords.HashAsync(password, cancellationToken);
            await users.UpdateAsync(login);
        }

        return login;
    }

    /// <summary>An app's code or a recovery code, as the second step.</summary>
    public async Task<bool> WithSecondFactorAsync(
        HttpContext http, Login login, string code, CancellationToken cancellationToken)
    {
        var key = Attempts.SecondFactor(login.Id);
        if (!await attempts.TakeAsync(key, cancellationToken)) return false;
        var isRecovery = false;
        var isRight = await authenticators.TakeCodeAsync(login, code, cancellationToken)
            || (isRecovery = await authenticators.TakeRecoveryCodeAsync(login, code));
        if (!isRight || isRecovery)
        {
            var kind = isRight ? ActivityKinds.RecoveryCodeUsed : ActivityKinds.SecondFactorFailed;
            await activity.RecordAsync(http, login.Id, kind, cancellationToken);
        }

        if (isRight) await attempts.ForgetAsync(key, cancellationToken);
        return isRight;
    }

    /// <summary>A passkey, as the second step.</summary>
    public async Task<bool> WithPasskeyAsync(
        HttpContext http, Login login, string credential, string state, CancellationToken cancellationToken)
    {
        if ((await passkeys.SignInAsync(http, credential, state, cancellationToken))?.Id == login.Id) return true;
        await activity.RecordAsync(http, login.Id, ActivityKinds.SecondFactorFailed, cancellationToken);
        return false;
    }

    /// <summary>Takes the next step: asks for what is missing, or lets the person in.</summary>
    /// <param name="http">The request.</param>
    /// <param name="login">Who.</param>
    /// <param name="proven">By what.</param>
    /// <param name="returnUrl">Where the person wants to go.</param>
    /// <param name="hasJustSignedUp">Then the first device is no news.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Where the person goes.</returns>
    public async Task<string> GoOnAsync(
        HttpContext http,
        Login login,
        IReadOnlyList<string> proven,
        string returnUrl,
        bool hasJustSignedUp,
        CancellationToken cancellationToken)
    {
        var next = await MissingAsync(login, proven, cancellationToken);
        if (next is not null)
        {
            await sessions.HoldAsync(http, login, proven);
            return $"{next}?returnUrl={Uri.EscapeDataString(returnUrl)}";
        }

        var isKnown = devices.Find(http, login.EmailIndex) is not null;
        devices.Remember(http, login.EmailIndex);
        await sessions.BeginAsync(http, login, proven);
        if (!isKnown && !hasJustSignedUp)
            await letters.ToAsync(login, LetterKinds.NewSignIn, cancellationToken);
        await activity.RecordAsync(http, login.Id, ActivityKinds.SignedIn, cancellationToken);
        Tried.Add(1, new KeyValuePair<string, object?>("outcome", "signed-in"));
        return returnUrl;
    }

    /// <summary>Whether a second factor that the login has is still to be shown.</summary>
    public async Task<bool> LacksFactorAsync(Session session) =>
        !session.HasSecondFactor && await authenticators.HasAnyAsync(session.Login);

    private async Task<string?> MissingAsync(Login login, IReadOnlyList<string> proven, CancellationToken cancellationToken)
    {
        var hasShown = proven.Contains(Sessions.SecondFactor);
        if (!hasShown && await authenticators.HasAnyAsync(login)) return "/identity/second-factor";
        if (login.MustChangePassword) return "/identity/new-password";
        return !hasShown && await staff.IsStaffAsync(login.Id, cancellationToken) ? "/identity/authenticator" : null;
    }

    private static Login? Failed(string outcome)
    {
        Tried.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        return null;
    }
}
