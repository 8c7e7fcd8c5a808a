using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

internal sealed class ChangeEmail(ProvingAddresses addresses, SameTime sameTime) : SignedInPage
{
    [BindProperty]
    public string? Email { get; set; }

    public Task<IActionResult> OnPostAsync() =>
        SendMailAsync(Email, sameTime, email => addresses.AskAsync(email, Login, returnUrl: null, Gone));
}
