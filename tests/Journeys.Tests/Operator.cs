using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EPerfect.Launcher.SignIn;
using EPerfect.Testing;
using OtpNet;

namespace EPerfect.Journeys.Tests;

/// <summary>The first operator, who gave themselves every role.</summary>
internal static partial class Operator
{
    private const string Chosen = "amber kettle 17 station";
    private static readonly string[] Roles = ["operator", "support", "privacy-officer"];

    /// <summary>Signs in for the first time, and again with the roles.</summary>
    public static async Task<HttpClient> OfAsync(RunningPlatform platform, CancellationToken ct)
    {
        var (address, oneTime) = await platform.FirstOperatorAsync();
        var (client, redirect) = TestCustomer.Program;
        using var browser = new Browser(platform.Gateway, redirect);
        var flow = new CodeFlow(client, redirect);
        var page = await browser.GoAsync(flow.Address, ct);
        page = await browser.SendAsync(page, ct, ("Email", address), ("Password", oneTime));
        page = await browser.SendAsync(page, ct, ("Password", Chosen));
        var secret = Secret().Match(page.Html).Groups["secret"].Value.Replace(" ", "", StringComparison.Ordinal);
        await browser.SendAsync(page, ct, ("Code", new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp()));
        var tokens = await flow.ExchangeAsync(browser, await browser.GoAsync(flow.Address, ct), ct);

        var staff = new HttpClient { BaseAddress = platform.Gateway };
        staff.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Access);
        var appointed = await staff.PutAsync($"/api/accounts/staff/{SubjectOf(tokens.Access)}", new { roles = Roles });
        appointed.EnsureSuccessStatusCode();
        tokens = await flow.RefreshAsync(browser, tokens, ct);
        staff.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Access);
        return staff;
    }

    private static string SubjectOf(string token)
    {
        var payload = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        var json = Encoding.UTF8.GetString(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '=')));
        return JsonNode.Parse(json)!["sub"]!.GetValue<string>();
    }

    [GeneratedRegex("<code class=\"secret\">(?<secret>[A-Z2-7 ]+)</code>", RegexOptions.None, 1000)]
    private static partial Regex Secret();
}
