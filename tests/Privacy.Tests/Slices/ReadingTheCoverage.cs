using System.Net;
using AngleSharp.Html.Parser;
using EPerfect.Privacy.Policy;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Slices;

/// <summary>Anybody reads which sentence is held by which check, and since when.</summary>
public sealed class ReadingTheCoverage(PrivacyService privacy) : IClassFixture<PrivacyService>
{
    private const string Path = "/api/privacy/policy/coverage";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact, Control("S1")]
    public async Task A_run_is_shown_with_its_time_and_a_failure_at_its_sentence()
    {
        var checks = Controls.Shipped().Of("S5");
        var (good, bad) = (DateTimeOffset.UtcNow.AddHours(-2), DateTimeOffset.UtcNow.AddHours(-1));
        (await RecordAsync("operator", good, [.. checks.Select(check => new CheckOutcome(check, Passed: true))]))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await StateAsync("S5")).ShouldBe("held");

        await RecordAsync("operator", bad, [new(checks[0], Passed: false)]);

        (await StateAsync("S5")).ShouldBe("failing");
        var page = await PageAsync();
        var row = page.GetElementById("S5")!.TextContent;
        row.ShouldContain($"failed {bad:yyyy-MM-dd HH:mm} UTC, last passed {good:yyyy-MM-dd HH:mm} UTC");
        row.ShouldContain(checks[0]);
        page.QuerySelectorAll("script").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_has_a_row_for_each_sentence_and_the_counts_add_up()
    {
        using var stranger = privacy.Running.As(token: null);
        var coverage = await (await stranger.GetAsync(Path, Token)).JsonAsync();
        var sentences = coverage["sentences"]!.AsArray();

        coverage["counts"]!.AsObject().Sum(count => count.Value!.GetValue<int>()).ShouldBe(sentences.Count);
        coverage["counts"]!["unbound"]!.GetValue<int>().ShouldBe(0);
        (await PageAsync()).QuerySelectorAll("tbody tr").Select(row => row.Id)
            .ShouldBe(sentences.Select(sentence => sentence!["id"]!.GetValue<string>()));
        (await StateAsync("S15")).ShouldBe("contradicted");
        (await StateAsync("S24")).ShouldBe("open");
    }

    [Fact]
    public async Task Nobody_but_an_operator_reports_and_only_what_there_is()
    {
        var now = DateTimeOffset.UtcNow;
        (await RecordAsync("legal", now, [])).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await RecordAsync("operator", now, [new("no.such.check", Passed: true)])).ProblemCodeAsync())
            .ShouldBe("control-unknown");
        (await (await RecordAsync("operator", now.AddHours(1), [])).ProblemCodeAsync()).ShouldBe("run-not-yet");
    }

    private async Task<string> StateAsync(string id) => (await privacy.ReadAsync(Path))["sentences"]!.AsArray()
        .Single(sentence => sentence!["id"]!.GetValue<string>() == id)!["state"]!.GetValue<string>();

    private async Task<AngleSharp.Html.Dom.IHtmlDocument> PageAsync()
    {
        using var browser = privacy.Running.As(token: null);
        browser.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        return new HtmlParser().ParseDocument(await browser.GetStringAsync(Path, Token));
    }

    private async Task<HttpResponseMessage> RecordAsync(string role, DateTimeOffset ranAt, CheckOutcome[] outcomes)
    {
        using var client = privacy.Running.As(privacy.Running.Issuer.Token(staff: [role]));
        return await client.PutAsync(
            "/api/privacy/policy/results", new { ranAt, release = Controls.Shipped().Release, outcomes });
    }
}
