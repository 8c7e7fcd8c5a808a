using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

internal sealed class SignUp(ProvingAddresses addresses, SameTime sameTime) : IdentityPage
{
    [BindProperty]
    public string? Email { get; set; }

    public string SignInUrl => At("/identity/sign-in");

    public async Task<IActionResult> OnPostAsync()
    {
        if (AddressFrom(Email) is not { } email) return Again(nameof(Email), NoAddress);
        return await sameTime.TakeAsync(
            async () =>
            {
                await addresses.AskAsync(email, loginId: null, Next, Gone);
                return SeeOther("/identity/mail-sent");
            },
            Gone);
    }
}
