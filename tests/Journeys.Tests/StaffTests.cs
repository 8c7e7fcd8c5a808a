using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using EPerfect.Launcher.SignIn;
using EPerfect.Testing;
using OtpNet;

namespace EPerfect.Journeys.Tests;

/// <summary>From the one-time password that the launcher prints to what only staff may see.</summary>
public sealed partial class StaffTests(RunningPlatform platform)
{
    private const string Chosen = "amber kettle 17 station";

    [Fact]
    public async Task The_first_operator_chooses_a_password_and_adds_a_factor_and_only_then_is_let_in_as_staff()
    {
        var (address, oneTime) = await platform.FirstOperatorAsync();
        using var browser = NewBrowser();
        var flow = NewFlow();

        var page = await browser.SendAsync(
            await browser.GoAsync(flow.Address, Ct), Ct, ("Email", address), ("Password", oneTime));
        page.Title.ShouldBe("Choose a password of your own");
        await GetsNoCodeAsync(browser);
        page = await browser.SendAsync(page, Ct, ("Password", Chosen));
        page.Title.ShouldBe("Add an authenticator app");
        await GetsNoCodeAsync(browser);
        await IsSentToTheFactorAsync(address);

        var secret = Secret().Match(page.Html).Groups["secret"].Value.Replace(" ", "", StringComparison.Ordinal);
        page = await browser.SendAsync(page, Ct, ("Code", new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp()));
        page.Title.ShouldBe("Keep your recovery codes");
        var tokens = await flow.ExchangeAsync(browser, await browser.GoAsync(flow.Address, Ct), Ct);

        var staff = await StaffAsync(tokens.Access);
        staff.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await staff.Content.ReadAsStringAsync(Ct)).ShouldContain("operator");
        using var customer = new TestCustomer(platform);
        await customer.SignUpAsync();
        using var theirs = customer.NewClient();
        (await theirs.GetAsync("/api/accounts/staff", Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        platform.ShouldHoldNowhere([oneTime, Chosen, address, secret, tokens.Access, tokens.Refresh]);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static CodeFlow NewFlow() => new(TestCustomer.Program.Id, TestCustomer.Program.Redirect);

    private Browser NewBrowser() => new(platform.Gateway, TestCustomer.Program.Redirect);

    /// <summary>Half a sign-in is none.</summary>
    private static async Task GetsNoCodeAsync(Browser browser)
    {
        var page = await browser.GoAsync(NewFlow().Address, Ct);
        page.Address.AbsolutePath.ShouldBe("/identity/sign-in");
    }

    /// <summary>Neither does who knows the password get on at another browser.</summary>
    private async Task IsSentToTheFactorAsync(string address)
    {
        using var other = NewBrowser();
        var page = await other.SendAsync(
            await other.GoAsync(NewFlow().Address, Ct), Ct, ("Email", address), ("Password", Chosen));
        page.Title.ShouldBe("Add an authenticator app");
        await GetsNoCodeAsync(other);
    }

    private async Task<HttpResponseMessage> StaffAsync(string token)
    {
        using var client = new HttpClient { BaseAddress = platform.Gateway };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.GetAsync("/api/accounts/staff", Ct);
    }

    [GeneratedRegex("<code class=\"secret\">(?<secret>[A-Z2-7 ]+)</code>", RegexOptions.None, 1000)]
    private static partial Regex Secret();
}
