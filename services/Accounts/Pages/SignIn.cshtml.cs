using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

internal sealed class SignIn(SigningIn signingIn, Passkeys passkeys, SameTime sameTime) : IdentityPage
{
    /// <summary>The same for every failure: a wrong password, an unknown address, and one that rests.</summary>
    private const string Wrong = "The e-mail address or the password is not right.";

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    [BindProperty]
    public string? Credential { get; set; }

    [BindProperty]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true, Name = "done")]
    public string? Done { get; set; }

    public bool PasswordWasSet => Done == "password";

    public PasskeyChallenge Passkey { get; private set; } = null!;

    public string SignUpUrl => At("/identity/sign-up");

    public async Task OnGetAsync() => Passkey = await passkeys.ForSignInAsync(HttpContext, login: null);

    public Task<IActionResult> OnPostAsync() => EnterAsync(async () =>
        (await signingIn.WithPasswordAsync(HttpContext, Email ?? "", Password ?? "", Gone), [Sessions.Password]));

    public Task<IActionResult> OnPostPasskeyAsync() => EnterAsync(async () =>
        (await passkeys.SignInAsync(HttpContext, Credential ?? "", State ?? "", Gone),
        [Sessions.Passkey, Sessions.SecondFactor]));

    private async Task<IActionResult> EnterAsync(Func<Task<(Login? Login, string[] Proven)>> prove)
    {
        await OnGetAsync();
        var (login, proven) = await sameTime.TakeAsync(prove, Gone);
        return login is null
            ? Again(nameof(Email), Wrong)
            : SeeOther(await signingIn.GoOnAsync(HttpContext, login, proven, Next, hasJustSignedUp: false, Gone));
    }
}
