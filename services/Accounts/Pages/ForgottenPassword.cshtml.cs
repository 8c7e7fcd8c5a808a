using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

internal sealed class ForgottenPassword(ChangingPasswords passwords, SameTime sameTime) : IdentityPage
{
    [BindProperty]
    public string? Email { get; set; }

    public Task<IActionResult> OnPostAsync() =>
        SendMailAsync(Email, sameTime, email => passwords.AskForResetAsync(email, Gone));
}
