using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

internal sealed class ChangePassword(ChangingPasswords passwords, Passwords hashes, Attempts attempts) : SignedInPage
{
    private const string Wrong =
        "This is not your current password. After several wrong passwords you have to wait for up to 15 minutes.";

    [BindProperty]
    public string? CurrentPassword { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>The current password is proof enough.</summary>
    protected override bool DemandsFresh => false;

    public async Task<IActionResult> OnPostAsync()
    {
        if (await passwords.WhyNotAsync(Login, Password ?? "", Gone) is { } problem) return Again(nameof(Password), problem);
        // Somebody else at an open browser gets no more tries than at the door.
        var key = Attempts.Password(Login.EmailIndex, $"change-{Login.Id:N}");
        if (!await attempts.TakeAsync(key, Gone) || !await IsRightAsync()) return Again(nameof(CurrentPassword), Wrong);
        await attempts.ForgetAsync(key, Gone);
        await passwords.ChangeAsync(HttpContext, Session, Password!, Gone);
        return SeeOther("/identity/security");
    }

    private async Task<bool> IsRightAsync() =>
        await hashes.VerifyAsync(Login, CurrentPassword ?? "", isKnown: true, HttpContext.RequestAborted)
            != PasswordVerificationResult.Failed;
}
