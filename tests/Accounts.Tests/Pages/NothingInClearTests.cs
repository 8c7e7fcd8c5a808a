using System.Diagnostics;
using System.Web;
using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>What a person types or is given at the pages is found nowhere afterwards: no log, no trace, no row.</summary>
[Collection(nameof(Alone))]
public sealed class NothingInClearTests(PagesService service) : IClassFixture<PagesService>
{
    private const string Address = "203.0.113.199";

    [Fact, Control("S21")]
    public async Task No_password_code_token_or_address_rests_in_clear()
    {
        var spans = new List<string>();
        using var listener = Listen(spans);
        using var browser = service.Browser(Address);
        var email = PagesService.NewEmail();
        await browser.PressAsync(
            await browser.GoAsync("/identity/sign-up?returnUrl=%2Fconnect%2Fauthorize%3Flogin_hint%3Dcanary-hint"),
            "Sign up", ("Email", email));
        var link = await service.LinkAsync(email, "Finish");
        await browser.PressAsync(await browser.GoAsync(link), "Finish", ("Password", PagesService.Password));
        await PagesService.SignInAsync(browser, email, "a wrong canary password");
        await PagesService.SignInAsync(browser, email);
        var page = await browser.GoAsync("/identity/authenticator");
        var secret = page.Document.QuerySelector("code.secret")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        var code = new AuthenticatorApp(page, service.Clock).Code;
        var added = await browser.PressAsync(page, "Add the app", ("Code", code));
        var recovery = added.Document.QuerySelector(".codes code")!.TextContent;
        await browser.GoAsync("/identity/security");

        string[] canaries =
        [
            email, Address, PagesService.Password, "a wrong canary password", secret, recovery, "canary-hint",
            HttpUtility.ParseQueryString(new Uri(link).Query)["token"]!,
        ];
        var log = string.Join('\n', service.Running.Log.Lines);
        var traces = string.Join('\n', spans);
        var found = new List<string>();
        foreach (var canary in canaries)
        {
            if (log.Contains(canary, StringComparison.OrdinalIgnoreCase)) found.Add($"{canary} in the log");
            if (traces.Contains(canary, StringComparison.OrdinalIgnoreCase)) found.Add($"{canary} in the traces");
            var tables = await DatabaseText.TablesWithAsync(service.Running.Database.Admin, canary);
            found.AddRange(tables.Select(table => $"{canary} in {table}"));
        }

        traces.ShouldContain("/identity/sign-in");
        (await DatabaseText.TablesWithAsync(service.Running.Database.Admin, "authenticator-added"))
            .ShouldBe(["identity.activity"]);
        found.ShouldBeEmpty();
    }

    private static ActivityListener Listen(List<string> spans)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans)
                    spans.Add($"{span.DisplayName} {string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}");
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
