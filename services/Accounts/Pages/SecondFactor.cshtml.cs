using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

internal sealed class SecondFactor(Sessions sessions, SigningIn signingIn, Passkeys passkeys, SameTime sameTime) : IdentityPage
{
    private const string Wrong =
        "This code is not right, or was used before. After several wrong codes you have to wait for up to 15 minutes.";

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Credential { get; set; }

    [BindProperty]
    public string? State { get; set; }

    public PasskeyChallenge Passkey { get; private set; } = null!;

    public Task<IActionResult> OnGetAsync() => HeldAsync(_ => Task.FromResult<IActionResult>(Page()));

    public Task<IActionResult> OnPostAsync() => HeldAsync(async held =>
        await sameTime.TakeAsync(() => signingIn.WithSecondFactorAsync(HttpContext, held.Login, Code ?? "", Gone), Gone)
            ? await GoOnAsync(held, Sessions.OneTimeCode)
            : Again(nameof(Code), Wrong));

    public Task<IActionResult> OnPostPasskeyAsync() => HeldAsync(async held =>
        await signingIn.WithPasskeyAsync(HttpContext, held.Login, Credential ?? "", State ?? "", Gone)
            ? await GoOnAsync(held, Sessions.Passkey)
            : Again("", "This passkey was not accepted. Try again."));

    private async Task<IActionResult> HeldAsync(Func<Session, Task<IActionResult>> step)
    {
        if (await sessions.HeldAsync(HttpContext) is not { } held) return SeeOther(At("/identity/sign-in"));
        Passkey = await passkeys.ForSignInAsync(HttpContext, held.Login);
        return await step(held);
    }

    private async Task<IActionResult> GoOnAsync(Session held, string proof) => SeeOther(await signingIn.GoOnAsync(
        HttpContext, held.Login, [.. held.Proven, proof, Sessions.SecondFactor], Next, hasJustSignedUp: false, Gone));
}
