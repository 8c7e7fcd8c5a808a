using System.Security.Cryptography;
using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Accounts.Pages;

/// <summary>Adds an app: for who is signed in, and for staff on their way in, who need one. The secret waits in the form,
/// sealed for the person, until the app has shown that it has it.</summary>
internal sealed class Authenticator(
    Sessions sessions,
    SigningIn signingIn,
    AddingFactors adding,
    Logins logins,
    IDataProtectionProvider protection) : IdentityPage
{
    private const string Wrong = "This code is not right. Wait for the next one, and check the clock of your phone.";

    private readonly IDataProtector protector = protection.CreateProtector("authenticator-secret");
    private string secret = "";

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? State { get; set; }

    /// <summary>Shown once, when the app is added.</summary>
    public IReadOnlyList<string>? Codes { get; private set; }

    public bool IsDemanded { get; private set; }

    public HtmlString Picture { get; private set; } = HtmlString.Empty;

    public string SpacedSecret => string.Join(' ', secret.Chunk(4).Select(four => new string(four)));

    public Task<IActionResult> OnGetAsync() => AllowedAsync(async session =>
    {
        secret = TimeCodes.NewSecret();
        await ShowAsync(session.Login);
        return Page();
    });

    public Task<IActionResult> OnPostAsync() => AllowedAsync(async session =>
    {
        if (Opened(session.Login) is not { } opened) return Trouble.OldForm.Answer(StatusCodes.Status400BadRequest);
        secret = opened;
        if (await adding.AuthenticatorAsync(HttpContext, session.Login, secret, Code ?? "", Gone) is not { } codes)
        {
            await ShowAsync(session.Login);
            return Again(nameof(Code), Wrong);
        }

        string[] proven = [.. session.Proven, Sessions.OneTimeCode, Sessions.SecondFactor];
        if (!IsDemanded)
            await sessions.RenewAsync(HttpContext, session, proven);
        else
            await signingIn.GoOnAsync(HttpContext, session.Login, proven, Next, hasJustSignedUp: false, Gone);
        Codes = codes;
        return codes.Count > 0 ? Page() : SeeOther(Next);
    });

    private async Task<IActionResult> AllowedAsync(Func<Session, Task<IActionResult>> step)
    {
        if (await sessions.CurrentAsync(HttpContext) is { IsFresh: true, Login.TwoFactorEnabled: false } session
            && !await signingIn.LacksFactorAsync(session))
            return await step(session);
        if (await sessions.HeldAsync(HttpContext) is not { Login.MustChangePassword: false } held
            || await signingIn.LacksFactorAsync(held)
            || held.HasSecondFactor)
            return SeeOther($"/identity/sign-in?returnUrl={Uri.EscapeDataString(Request.Path)}");
        IsDemanded = true;
        return await step(held);
    }

    private async Task ShowAsync(Login login)
    {
        State = protector.Protect($"{login.Id:N}{secret}");
        var account = await logins.AddressOfAsync(login, Gone) ?? "";
        Picture = new HtmlString(QrCode.Svg(TimeCodes.Uri(secret, account), "The key of your authenticator app as a QR code"));
    }

    private string? Opened(Login login)
    {
        try
        {
            var opened = protector.Unprotect(State ?? "");
            return opened.StartsWith(login.Id.ToString("N"), StringComparison.Ordinal) ? opened[32..] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
