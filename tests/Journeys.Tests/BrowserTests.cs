using System.Text.RegularExpressions;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>The pages in a browser that people have. Needs Chromium.</summary>
public sealed partial class BrowserTests(RunningPlatform platform)
{
    private const string Email = "laptop.person@canary.example";

    [Fact]
    public async Task A_passkey_is_added_and_signs_in_and_the_pages_run_their_own_script_alone_and_work_without_any()
    {
        using var browser = await NodeProgram.StartAsync(
            "browser",
            [("chromium", "chromium")],
            [platform.Gateway.ToString(), Email, "violet teapot 61 harbour"]);

        await SignUpAsync(browser, Email);
        var added = await browser.StepAsync("added");
        Text(added, "title").ShouldBe("Keep your recovery codes");
        added["kept"]!.GetValue<int>().ShouldBe(1);
        Text(await browser.StepAsync("signed-out"), "title").ShouldBe("You are signed out");

        var signedIn = await browser.StepAsync("signed-in");
        Text(signedIn, "title").ShouldBe("Your sign-in");
        Text(signedIn, "as").ShouldBe(Email);
        Text(signedIn, "passkey").ShouldStartWith("Computer, added on");
        await browser.StepAsync("signed-out");
        Text(await browser.StepAsync("refused"), "title").ShouldBe("Sign in");

        var strict = await browser.StepAsync("strict");
        strict["complaints"]!.AsArray().ShouldBeEmpty(strict.ToJsonString());
        strict["slippedIn"]!.GetValue<bool>().ShouldBeFalse();
        strict["violations"]!.GetValue<int>().ShouldBeGreaterThanOrEqualTo(2);

        await SignUpAsync(browser, $"plain.{Email}");
        await browser.StepAsync("signed-out");
        Text(await browser.StepAsync("signed-in"), "title").ShouldBe("Your sign-in");
        var without = await browser.StepAsync("without-script");
        without["offersPasskey"]!.GetValue<bool>().ShouldBeFalse();
        without["says"]!.GetValue<bool>().ShouldBeTrue();
    }

    private async Task SignUpAsync(NodeProgram browser, string email)
    {
        Text(await browser.StepAsync("asked"), "title").ShouldBe("Look into your mailbox");
        var mail = await Until.SomeAsync(
            () => Task.FromResult(platform.MailsTo(email) is [var newest, ..] ? newest : null), "the mail with the link comes");
        await browser.TellAsync(new Uri(Link().Match(mail.Text).Value));
        Text(await browser.StepAsync("signed-up"), "title").ShouldBe("Your sign-in");
    }

    private static string Text(System.Text.Json.Nodes.JsonObject told, string fact) => told[fact]!.GetValue<string>().Trim();

    [GeneratedRegex(@"https?://\S+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}
