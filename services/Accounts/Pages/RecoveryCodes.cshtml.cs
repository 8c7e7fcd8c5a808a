using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

internal sealed class RecoveryCodes(AddingFactors factors, Authenticators authenticators) : SignedInPage
{
    public IReadOnlyList<string>? Codes { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await authenticators.HasAnyAsync(Login)) return SeeOther("/identity/security");
        Codes = await factors.NewRecoveryCodesAsync(HttpContext, Login, Gone);
        return Page();
    }
}
