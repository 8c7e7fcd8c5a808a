using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

/// <summary>In place of a one-time password, before anything else.</summary>
internal sealed class NewPassword(
    Sessions sessions, ChangingPasswords passwords, Passwords hashes, SigningIn signingIn) : IdentityPage
{
    private const string Same = "This is the password that somebody else knows. Choose another one.";

    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnGetAsync() => await HeldAsync() is null ? SignIn() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await HeldAsync() is not { } held) return SignIn();
        var password = Password ?? "";
        if (await passwords.WhyNotAsync(held.Login, password, Gone) is { } problem) return Again(nameof(Password), problem);
        if (await hashes.VerifyAsync(held.Login, password, isKnown: true, Gone) != PasswordVerificationResult.Failed)
            return Again(nameof(Password), Same);
        await passwords.ReplaceFirstAsync(HttpContext, held.Login, password, Gone);
        return SeeOther(await signingIn.GoOnAsync(HttpContext, held.Login, held.Proven, Next, hasJustSignedUp: false, Gone));
    }

    /// <summary>Only who has proven all that there is to prove sets a password here.</summary>
    private async Task<Session?> HeldAsync() =>
        await sessions.HeldAsync(HttpContext) is { Login.MustChangePassword: true } held
        && !await signingIn.LacksFactorAsync(held)
            ? held
            : null;

    private IActionResult SignIn() => SeeOther(At("/identity/sign-in"));
}
