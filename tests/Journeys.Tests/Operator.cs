using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EPerfect.Launcher.SignIn;
using EPerfect.Testing;
using OtpNet;

namespace EPerfect.Journeys.Tests;

/// <summary>The first operator, and whom that one appoints.</summary>
internal static partial class Operator
{
    private const string Chosen = "amber kettle 17 station";
    private static readonly string[] Roles = ["support", "privacy-officer"];

    /// <summary>Nobody gives a role to themselves: the operator appoints somebody who has signed up, and who then signs in with
    /// a second factor.</summary>
    public static async Task<TestCustomer> AppointsAsync(RunningPlatform platform, CancellationToken ct)
    {
        var colleague = new TestCustomer(platform);
        await colleague.SignUpAsync();
        var added = await colleague.FillAsync("/identity/authenticator", page => [("Code", CodeOf(page))]);
        using var first = await SignInFirstAsync(platform, ct);
        var appointed = await first.PostWithKeyAsync("/api/accounts/staff", new
        {
            loginId = SubjectOf(colleague.Secrets.First(secret => secret.Split('.').Length == 3)), roles = Roles,
        });
        appointed.EnsureSuccessStatusCode();
        await colleague.SignInAsync(RecoveryCode().Match(added).Groups["code"].Value);
        return colleague;
    }

    private static async Task<HttpClient> SignInFirstAsync(RunningPlatform platform, CancellationToken ct)
    {
        var (address, oneTime) = await platform.FirstOperatorAsync();
        var (client, redirect) = TestCustomer.Program;
        using var browser = new Browser(platform.Gateway, redirect);
        var flow = new CodeFlow(client, redirect);
        var page = await browser.GoAsync(flow.Address, ct);
        page = await browser.SendAsync(page, ct, ("Email", address), ("Password", oneTime));
        page = await browser.SendAsync(page, ct, ("Password", Chosen));
        await browser.SendAsync(page, ct, ("Code", CodeOf(page.Html)));
        var tokens = await flow.ExchangeAsync(browser, await browser.GoAsync(flow.Address, ct), ct);
        var staff = new HttpClient { BaseAddress = platform.Gateway };
        staff.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Access);
        return staff;
    }

    private static string CodeOf(string page)
    {
        var secret = Secret().Match(page).Groups["secret"].Value.Replace(" ", "", StringComparison.Ordinal);
        return new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp();
    }

    private static string SubjectOf(string token)
    {
        var payload = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        var json = Encoding.UTF8.GetString(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '=')));
        return JsonNode.Parse(json)!["sub"]!.GetValue<string>();
    }

    [GeneratedRegex("<code class=\"secret\">(?<secret>[A-Z2-7 ]+)</code>", RegexOptions.None, 1000)]
    private static partial Regex Secret();

    [GeneratedRegex("<li><code>(?<code>[^<]+)</code></li>", RegexOptions.None, 1000)]
    private static partial Regex RecoveryCode();
}
