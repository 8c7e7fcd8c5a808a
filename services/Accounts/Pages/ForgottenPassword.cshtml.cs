using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

internal sealed class ForgottenPassword(ChangingPasswords passwords, SameTime sameTime) : IdentityPage
{
    [BindProperty]
    public string? Email { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (AddressFrom(Email) is not { } email) return Again(nameof(Email), NoAddress);
        return await sameTime.TakeAsync(
            async () =>
            {
                await passwords.AskForResetAsync(email, Gone);
                return SeeOther("/identity/mail-sent");
            },
            Gone);
    }
}
