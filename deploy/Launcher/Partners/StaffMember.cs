using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EPerfect.Launcher.Running;
using EPerfect.Launcher.SignIn;

namespace EPerfect.Launcher.Partners;

/// <summary>
/// Somebody of the staff whom this launcher plays: comes in through the pages as people do. The password and the authenticator
/// are kept among the secrets, and written before they are used, so that who was cut off comes in again.
/// </summary>
internal sealed partial class StaffMember(Platform platform, string name) : IDisposable
{
    private readonly Browser browser = new(platform.Address, PlatformSettings.ConsoleRedirect);
    private readonly Authenticator authenticator =
        new(platform.Home.Secrets.PathOf($"staff-{name}-authenticator"), TimeProvider.System);

    private bool hasFactor;
    private string token = "";

    public string Address => $"{name}@eperfect.example";

    /// <summary>Its password was made, so it may have been in already.</summary>
    public bool IsKnown => File.Exists(platform.Home.Secrets.PathOf(PasswordName));

    public AuthenticationHeaderValue Bearer => new("Bearer", token);

    public string LoginId => (string)Claims["sub"]!;

    private string PasswordName => $"staff-{name}-password";

    private string Password => platform.Home.Secrets[PasswordName];

    private JsonNode Claims => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!;

    public bool Is(string role) => Claims["staff"] is JsonArray roles
        ? roles.Any(one => (string?)one == role)
        : (string?)Claims["staff"] == role;

    /// <summary>With a one-time password, or the own one.</summary>
    /// <returns>False if the password is not the right one.</returns>
    public async Task<bool> SignInAsync(string? oneTime, CancellationToken ct)
    {
        var flow = new CodeFlow(PlatformSettings.ConsoleClient, PlatformSettings.ConsoleRedirect);
        var page = await browser.GoAsync(flow.Address + "&prompt=login", ct);
        page = await browser.SendAsync(page, ct, ("Email", Address), ("Password", oneTime ?? Password));
        if (IsAt(page, "sign-in")) return false;
        if (IsAt(page, "new-password")) page = await browser.SendAsync(page, ct, ("Password", Password));
        if (IsAt(page, "authenticator"))
        {
            await AddFactorAsync(page, ct);
            page = await browser.GoAsync(flow.Address, ct);
        }
        else if (IsAt(page, "second-factor"))
        {
            page = await browser.SendAsync(page, ct, ("Code", await authenticator.NextCodeAsync(ct)));
            hasFactor = true;
        }

        token = (await flow.ExchangeAsync(browser, page, ct)).Access;
        return true;
    }

    /// <summary>Proves the address by a mail, and chooses the password.</summary>
    public async Task SignUpAsync(CancellationToken ct)
    {
        var flow = new CodeFlow(PlatformSettings.ConsoleClient, PlatformSettings.ConsoleRedirect);
        var signIn = await browser.GoAsync(flow.Address, ct);
        var signUp = await browser.GoAsync(signIn.LinkTo("/identity/sign-up"), ct);
        var before = platform.Mail.MailsTo(Address).Count;
        await browser.SendAsync(signUp, ct, ("Email", Address));
        await Demo.Waiting.UntilAsync(
            $"a mail to {Address}", () => Task.FromResult(platform.Mail.MailsTo(Address).Count > before), ct);
        var link = new Uri(Link.Match(platform.Mail.MailsTo(Address)[0].Text).Value);
        var choose = await browser.GoAsync(link.PathAndQuery, ct);
        var end = await browser.SendAsync(choose, ct, ("Password", Password));
        token = (await flow.ExchangeAsync(browser, end, ct)).Access;
    }

    /// <summary>Adds the authenticator, unless it signed in with it.</summary>
    public async Task AddFactorAsync(CancellationToken ct)
    {
        if (!hasFactor) await AddFactorAsync(await browser.GoAsync("/identity/authenticator", ct), ct);
    }

    public void Dispose() => browser.Dispose();

    private async Task AddFactorAsync(WebPage page, CancellationToken ct)
    {
        var secret = Secret.Match(page.Html).Groups["secret"].Value.Replace(" ", "", StringComparison.Ordinal);
        if (secret.Length == 0) throw new LaunchException($"The page \"{page.Title}\" shows no secret for an authenticator");
        authenticator.Keep(secret);
        await browser.SendAsync(page, ct, ("Code", await authenticator.NextCodeAsync(ct)));
        hasFactor = true;
    }

    private static bool IsAt(WebPage page, string name) =>
        string.Equals(page.Address.AbsolutePath, $"/identity/{name}", StringComparison.Ordinal);

    [GeneratedRegex("<code class=\"secret\">(?<secret>[A-Z2-7 ]+)</code>", RegexOptions.None, 1000)]
    private static partial Regex Secret { get; }

    [GeneratedRegex(@"https?://\S+", RegexOptions.None, 1000)]
    private static partial Regex Link { get; }
}
