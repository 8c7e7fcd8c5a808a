using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using EPerfect.Privacy.Policy.Reviews;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Slices;

/// <summary>Methods change, so each control and each entry of the record is looked at again; a missed look is seen.</summary>
public sealed class ReviewingControls(PostgresServer postgres)
{
    private const string Coverage = "/api/privacy/policy/coverage";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact, Control("S2", "M12")]
    public async Task Thirteen_months_later_what_nobody_reviewed_is_shown_as_overdue_and_what_was_is_not()
    {
        var clock = new TurnedClock();
        await using var privacy = await TestService.StartAsync(
            PrivacyModule.Define(), postgres, clock: clock, cancellationToken: Token);
        clock.Turn(TimeSpan.FromDays(300));
        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        (await ReviewAsync(privacy, "S5", day)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ReviewAsync(privacy, "processing-service", day)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await SentencesAsync(privacy)).ShouldAllBe(sentence => !IsOverdue(sentence));

        clock.Turn(TimeSpan.FromDays(95));

        await Until.TrueAsync(
            async () => (await SentencesAsync(privacy)).Count(IsOverdue) == (await SentencesAsync(privacy)).Count - 1,
            "all but one are overdue");
        IsOverdue((await SentencesAsync(privacy)).Single(one => one["id"]!.GetValue<string>() == "S5")).ShouldBeFalse();
        using var browser = privacy.As(token: null);
        await Until.TrueAsync(
            async () => (await InTimeAsync(browser)).SequenceEqual(["service"]), "so are all entries of the record but one");
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync(Coverage, Token));
        page.GetElementById("S1")!.TextContent.ShouldContain("Its review is overdue");
        page.GetElementById("S5")!.TextContent.ShouldNotContain("Its review is overdue");

        await ReviewAsync(privacy, "S1", DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        IsOverdue((await SentencesAsync(privacy)).Single(one => one["id"]!.GetValue<string>() == "S1")).ShouldBeFalse();
    }

    [Fact, Control("S2")]
    public async Task A_review_of_tomorrow_of_nothing_or_by_anybody_else_is_refused()
    {
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, cancellationToken: Token);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);

        var tomorrow = await ReviewAsync(privacy, "S5", today.AddDays(1));
        (tomorrow.StatusCode, await tomorrow.ProblemCodeAsync()).ShouldBe((HttpStatusCode.UnprocessableEntity, "review-not-yet"));
        (await ReviewAsync(privacy, "S99", today)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ReviewAsync(privacy, "S5", today, role: "operator")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public void An_older_review_does_not_replace_a_later_one_and_a_repeat_changes_nothing()
    {
        var day = new DateOnly(2028, 2, 29);
        var log = new ReviewLog().Apply(new ReviewPlanned("S5", day));
        var reviewed = (ControlReviewed)RecordReview.Decide(log, "S5", day, day).Events.ShouldHaveSingleItem();
        reviewed.ReviewBy.ShouldBe(new DateOnly(2029, 2, 28));

        var after = log.Apply(reviewed);
        RecordReview.Decide(after, "S5", day, day).Events.ShouldBeEmpty();
        RecordReview.Decide(after, "S5", day.AddDays(-1), day).Refusal!.Code.ShouldBe("review-superseded");
    }

    [Fact]
    public void What_was_planned_once_keeps_its_day()
    {
        var log = new ReviewLog().Apply(new ReviewPlanned("S5", new DateOnly(2027, 1, 1)));

        PlanReviews.Decide(log, ["S5", "S6"], new DateOnly(2026, 6, 1)).Events
            .ShouldBe([new ReviewPlanned("S6", new DateOnly(2027, 6, 1))]);
    }

    private static async Task<IEnumerable<string>> InTimeAsync(HttpClient browser)
    {
        var record = await (await browser.GetAsync("/api/privacy/processing-record", Token)).JsonAsync();
        return record["activities"]!.AsArray().Where(one => !one!["review"]!["overdue"]!.GetValue<bool>())
            .Select(one => one!["purpose"]!.GetValue<string>());
    }

    private static bool IsOverdue(JsonNode sentence) => sentence["review"]!["overdue"]!.GetValue<bool>();

    private static async Task<IReadOnlyList<JsonNode>> SentencesAsync(TestService privacy) =>
        [.. (await (await privacy.Client.GetAsync(Coverage, Token)).JsonAsync())["sentences"]!.AsArray().Select(one => one!)];

    private static async Task<HttpResponseMessage> ReviewAsync(
        TestService privacy, string subject, DateOnly reviewedOn, string role = "privacy-officer")
    {
        using var client = privacy.As(privacy.Issuer.Token(staff: [role]));
        return await client.PutAsync($"/api/privacy/policy/reviews/{subject}", new { reviewedOn });
    }
}
