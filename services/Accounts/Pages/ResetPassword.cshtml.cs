using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

/// <summary>The link from the mail. It sets a password and signs nobody in: a second factor is still asked for.</summary>
internal sealed class ResetPassword(ChangingPasswords passwords, KnownDevices devices) : IdentityPage
{
    [BindProperty(SupportsGet = true, Name = "token")]
    public string? Token { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnGetAsync() => await passwords.FindAsync(Token) is null ? Old() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await passwords.FindAsync(Token) is not { } login) return Old();
        if (await passwords.WhyNotAsync(login, Password ?? "", Gone) is { } problem) return Again(nameof(Password), problem);
        await passwords.ResetAsync(HttpContext, login, Password!, Gone);
        devices.Remember(HttpContext, login.EmailIndex);
        return SeeOther("/identity/sign-in?done=password");
    }

    private static ViewResult Old() => Trouble.OldLink.Answer(StatusCodes.Status410Gone);
}
