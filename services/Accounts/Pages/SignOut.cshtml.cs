using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

internal sealed class SignOut(Sessions sessions) : IdentityPage
{
    [BindProperty(SupportsGet = true, Name = "done")]
    public string? Done { get; set; }

    public bool IsDone => Done is not null;

    public async Task<IActionResult> OnPostAsync()
    {
        await sessions.EndAsync(HttpContext);
        return SeeOther("/identity/sign-out?done=1");
    }
}
