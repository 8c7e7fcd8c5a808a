using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

internal sealed class SignUp(ProvingAddresses addresses, SameTime sameTime) : IdentityPage
{
    [BindProperty]
    public string? Email { get; set; }

    public string SignInUrl => At("/identity/sign-in");

    public Task<IActionResult> OnPostAsync() =>
        SendMailAsync(Email, sameTime, email => addresses.AskAsync(email, mover: null, Next, Gone));
}
