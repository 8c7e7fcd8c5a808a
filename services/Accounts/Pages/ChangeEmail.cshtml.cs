using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

internal sealed class ChangeEmail(ProvingAddresses addresses, SameTime sameTime) : SignedInPage
{
    [BindProperty]
    public string? Email { get; set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (AddressFrom(Email) is not { } email) return Again(nameof(Email), NoAddress);
        return await sameTime.TakeAsync(
            async () =>
            {
                await addresses.AskAsync(email, Login.Id, returnUrl: null, Gone);
                return SeeOther("/identity/mail-sent");
            },
            Gone);
    }
}
