using OtpNet;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>An authenticator app, by what it is shown.</summary>
internal sealed class AuthenticatorApp(PageView page, TimeProvider clock)
{
    private readonly Totp codes = new(Base32Encoding.ToBytes(
        page.Document.QuerySelector("code.secret")!.TextContent.Replace(" ", "", StringComparison.Ordinal)));

    public string Code => codes.ComputeTotp(clock.GetUtcNow().UtcDateTime);

    /// <summary>Adds one to who is signed in.</summary>
    public static async Task<(AuthenticatorApp App, string[] RecoveryCodes)> AddAsync(Browser browser, MovedClock clock)
    {
        var page = await browser.GoAsync("/identity/authenticator");
        var app = new AuthenticatorApp(page, clock);
        var added = await browser.PressAsync(page, "Add the app", ("Code", app.Code));
        added.Title.ShouldBe("Keep your recovery codes", added.Text);
        // A code counts once: the next one is for the next sign-in.
        clock.Move(TimeSpan.FromSeconds(30));
        return (app, [.. added.Document.QuerySelectorAll(".codes code").Select(code => code.TextContent)]);
    }
}
