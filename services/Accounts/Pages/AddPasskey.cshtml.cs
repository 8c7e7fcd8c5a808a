using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

internal sealed class AddPasskey(Passkeys passkeys, AddingFactors adding, Logins logins, Sessions sessions) : SignedInPage
{
    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public string? Credential { get; set; }

    [BindProperty]
    public string? State { get; set; }

    public PasskeyChallenge Passkey { get; private set; } = null!;

    /// <summary>Shown once, with the first factor.</summary>
    public IReadOnlyList<string>? Codes { get; private set; }

    public async Task OnGetAsync() =>
        Passkey = await passkeys.ForNewAsync(HttpContext, Login, await logins.AddressOfAsync(Login, Gone) ?? "");

    public async Task<IActionResult> OnPostPasskeyAsync()
    {
        Codes = await adding.PasskeyAsync(HttpContext, Login, Credential ?? "", State ?? "", Place, Gone);
        if (Codes is null)
        {
            await OnGetAsync();
            return Again("", "This passkey was not accepted. Try again.");
        }

        await sessions.RenewAsync(HttpContext, Session, [.. Session.Proven, Sessions.Passkey, Sessions.SecondFactor]);
        return Codes.Count > 0 ? Page() : SeeOther("/identity/security");
    }
}
