using System.Diagnostics;
using System.Text.RegularExpressions;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>Whether an address is known shows neither in what is answered nor in how long it takes.</summary>
[Collection(nameof(Alone))]
public sealed partial class NothingTellsTests(PagesService service) : IClassFixture<PagesService>
{
    private const int Times = 7;

    [Theory]
    [InlineData("/identity/sign-in", "Sign in", true)]
    [InlineData("/identity/sign-up", "Sign up", false)]
    [InlineData("/identity/forgotten-password", "Send the link", false)]
    public async Task Known_and_unknown_addresses_are_answered_alike(string path, string button, bool password)
    {
        var known = new List<string>();
        foreach (var _ in Enumerable.Range(0, Times))
        {
            using var browser = service.Browser();
            known.Add(await service.SignUpAsync(browser));
        }

        var (bodyOfKnown, timeOfKnown) = await AskAsync(path, button, password, known);
        var (bodyOfUnknown, timeOfUnknown) = await AskAsync(
            path, button, password, [.. Enumerable.Range(0, Times).Select(_ => PagesService.NewEmail())]);

        bodyOfKnown.ShouldBe(bodyOfUnknown);
        (timeOfKnown / timeOfUnknown).ShouldBeInRange(0.8, 1.25);
    }

    /// <summary>Nobody computes a hash for it, and yet it takes its time.</summary>
    [Fact]
    public async Task An_address_that_rests_is_answered_like_another()
    {
        var email = PagesService.NewEmail();
        var (before, _) = await AskAsync("/identity/sign-in", "Sign in", password: true, [email, email, email]);
        await AskAsync("/identity/sign-in", "Sign in", password: true, [email, email]);
        var (after, timeAfter) = await AskAsync("/identity/sign-in", "Sign in", password: true, [email, email, email]);

        after.ShouldBe(before);
        timeAfter.ShouldBeGreaterThanOrEqualTo(500);
    }

    /// <returns>The one answer that all got, and the median time.</returns>
    private async Task<(string Answer, double Milliseconds)> AskAsync(
        string path, string button, bool password, IReadOnlyList<string> emails)
    {
        using var browser = service.Browser();
        var page = await browser.GoAsync(path);
        var answers = new HashSet<string>();
        var times = new List<double>();
        foreach (var email in emails)
        {
            (string, string)[] typed = password
                ? [("Email", email), ("Password", PagesService.OtherPassword)]
                : [("Email", email)];
            var watch = Stopwatch.StartNew();
            using var answer = await browser.PostAsync(page, button, typed);
            var body = await answer.Content.ReadAsStringAsync();
            times.Add(watch.Elapsed.TotalMilliseconds);
            answers.Add($"{(int)answer.StatusCode} {answer.Headers.Location} {Neutral(body, email)}");
        }

        return (answers.ShouldHaveSingleItem(), times.Order().ElementAt(times.Count / 2));
    }

    /// <summary>Without what is random in any two answers, and without what was typed.</summary>
    private static string Neutral(string body, string email) =>
        Random().Replace(body, "").Replace(email, "", StringComparison.Ordinal);

    [GeneratedRegex("""(?<=name="(antiforgery|State)"[^>]*value=")[^"]*|(?<=data-options=")[^"]*""",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Random();
}
