using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Privacy.Tests.Register;
using EPerfect.Testing;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using A = EPerfect.Contracts.Accounts;

namespace EPerfect.Privacy.Tests.Withholding;

/// <summary>What law forbids to tell is not told until the time, and then it is.</summary>
public sealed class WithholdingOpenings(PostgresServer postgres) : IAsyncLifetime
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private readonly Guid person = Guid.CreateVersion7();
    private TestService privacy = null!;

    private string Withholdings => $"/api/privacy/people/{person}/withholdings";

    public async ValueTask InitializeAsync()
    {
        privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, clock: clock, cancellationToken: Token);
        await privacy.KnownAsync(person);
    }

    public ValueTask DisposeAsync() => privacy.DisposeAsync();

    [Fact]
    public async Task Approved_by_many_at_once_and_asked_again_after_a_kill_it_is_approved_once()
    {
        using var lawyer = privacy.Lawyer();
        var ordered = await lawyer.PostWithKeyAsync(Withholdings, WithholdingSteps.Order(clock.GetUtcNow().AddDays(3)));
        var approval = $"{ordered.Headers.Location!.OriginalString}/approval";
        async Task<HttpStatusCode> ApproveAsync(string key)
        {
            using var officer = privacy.Lawyer("privacy-officer");
            return (await officer.PostWithKeyAsync(approval, new { }, key)).StatusCode;
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => ApproveAsync($"one-of-ten-{i}")));
        var again = await ApproveAsync("one-of-ten-0");

        answers.Append(again).ShouldAllBe(status => status == HttpStatusCode.NoContent);
        await using var admin = NpgsqlDataSource.Create(privacy.Database.Admin);
        await using var count = admin.CreateCommand("select count(*) from store.mt_events where type = 'withholding_approved'");
        (await count.ExecuteScalarAsync(Token)).ShouldBe(1L);
    }

    [Fact]
    public async Task Until_the_date_the_person_is_told_that_there_is_something_and_until_when_and_after_it_what()
    {
        var until = clock.GetUtcNow().AddDays(3);
        await WithholdingSteps.WithholdAsync(privacy, person, until);
        // Also what comes after the order.
        var secret = RegisterService.Opened(person, "case:4711") with { Purpose = "legal" };
        var plain = RegisterService.Opened(person, "case:4712") with { Purpose = "legal" };
        var supports = RegisterService.Opened(person, "case:4711");
        foreach (var opening in new[] { secret, plain, supports }) await privacy.TellAsync(opening);
        await privacy.UntilEnteredAsync(3);
        await privacy.SignAsync();

        var page = await OwnAsync();
        IdsOf(page).ShouldBe([plain.OpeningId, supports.OpeningId], ignoreOrder: true);
        page["withheld"]!["count"]!.GetValue<int>().ShouldBe(1);
        page["withheld"]!["until"]!.GetValue<DateTimeOffset>().ShouldBe(until, TimeSpan.FromMilliseconds(1));
        var proof = await ProofAsync(secret);
        proof.StatusCode.ShouldBe(HttpStatusCode.UnavailableForLegalReasons);
        var problem = await proof.JsonAsync();
        problem.Select(member => member.Key)
            .ShouldBe(["type", "title", "status", "detail", "code", "traceId", "until"], ignoreOrder: true);
        ((string)problem["code"]!).ShouldBe("withheld-by-law");
        problem["until"]!.GetValue<DateTimeOffset>().ShouldBe(until, TimeSpan.FromMilliseconds(1));
        (await ProofAsync(plain)).StatusCode.ShouldBe(HttpStatusCode.OK);

        clock.Advance(TimeSpan.FromDays(3));
        page = await OwnAsync();
        IdsOf(page).Count.ShouldBe(3);
        page["withheld"].ShouldBeNull();
        (await ProofAsync(secret)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_takes_two_people_and_either_may_not_be_a_program()
    {
        var opening = RegisterService.Opened(person, "case:4711") with { Purpose = "legal" };
        await privacy.TellAsync(opening);
        await privacy.UntilEnteredAsync(1);
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        using var lawyer = privacy.Lawyer(person: one);
        using var second = privacy.Lawyer(person: two);
        using var program = privacy.As(privacy.Issuer.Token("a-program", staff: ["legal"], client: "a-program"));

        (await AnswerAsync(program.PostWithKeyAsync(Withholdings, Order()))).ShouldBe((403, "person-required"));
        var key = Guid.NewGuid().ToString("N");
        var ordered = await lawyer.PostWithKeyAsync(Withholdings, Order(), key);
        var path = ordered.Headers.Location!.OriginalString;
        (await lawyer.PostWithKeyAsync(Withholdings, Order(), key)).Headers.Location!.OriginalString.ShouldBe(path);
        IdsOf(await OwnAsync()).Count.ShouldBe(1, "nothing holds before a second one has approved");
        (await AnswerAsync(lawyer.PostWithKeyAsync($"{path}/approval", new { }))).ShouldBe((403, "second-person-required"));
        (await AnswerAsync(program.PostWithKeyAsync($"{path}/approval", new { }))).ShouldBe((403, "person-required"));
        for (var i = 0; i < 2; i++)
            (await AnswerAsync(second.PostWithKeyAsync($"{path}/approval", new { }))).ShouldBe((204, ""));
        IdsOf(await OwnAsync()).ShouldBeEmpty();

        var listed = JsonNode.Parse(await second.GetStringAsync(Withholdings, Token))!.AsArray().ShouldHaveSingleItem()!;
        listed["holds"]!.GetValue<bool>().ShouldBeTrue();
        for (var i = 0; i < 2; i++)
            (await AnswerAsync(lawyer.PostWithKeyAsync($"{path}/lifting", new { }))).ShouldBe((204, ""));
        IdsOf(await OwnAsync()).Count.ShouldBe(1);
        (await AnswerAsync(second.PostWithKeyAsync($"{path}/approval", new { }))).ShouldBe((409, "withholding-over"));
    }

    [Theory]
    [InlineData("ticket:4711", "court-order", "written", "AG-7/2026", 3, "opening-ground-malformed")]
    [InlineData("case:4711", "discretion", "written", "AG-7/2026", 3, "ground-unknown")]
    [InlineData("case:4711", "court-order", "hinted", "AG-7/2026", 3, "statement-unknown")]
    [InlineData("case:4711", "court-order", "written", "the court in Tallinn", 3, "reference-malformed")]
    [InlineData("case:4711", "court-order", "written", "AG-7/2026", 0, "end-in-past")]
    [InlineData("case:4711", "court-order", "oral", "AG-7/2026", 31, "oral-too-long")]
    public async Task What_makes_no_sense_is_refused_by_name(
        string openings, string ground, string statement, string reference, int days, string code)
    {
        using var lawyer = privacy.Lawyer();
        var order = WithholdingSteps.Order(clock.GetUtcNow().AddDays(days), ground, openings, statement, reference);

        (await AnswerAsync(lawyer.PostWithKeyAsync(Withholdings, order))).ShouldBe((422, code));

        (await AnswerAsync(lawyer.PostWithKeyAsync(
            $"/api/privacy/people/{Guid.CreateVersion7()}/withholdings", Order()))).ShouldBe((404, "not-found"));
    }

    private object Order() => WithholdingSteps.Order(clock.GetUtcNow().AddDays(9));

    private async Task<JsonObject> OwnAsync()
    {
        using var owner = Owner();
        var answer = await owner.GetAsync($"/api/privacy/people/{person}/openings", Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));
        return await answer.JsonAsync();
    }

    private async Task<HttpResponseMessage> ProofAsync(A.PersonalDataOpened opening)
    {
        using var owner = Owner();
        return await owner.GetAsync($"/api/privacy/people/{person}/openings/{opening.OpeningId}/proof", Token);
    }

    private HttpClient Owner() => privacy.As(
        privacy.Issuer.Token(accounts: [$"{person:D}:owner"], expires: TimeSpan.FromDays(30)));

    private static List<Guid> IdsOf(JsonObject page) =>
        [.. page["items"]!.AsArray().Select(one => one!["openingId"]!.GetValue<Guid>())];

    private static async Task<(int, string)> AnswerAsync(Task<HttpResponseMessage> asking)
    {
        var answer = await asking;
        return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? "" : await answer.ProblemCodeAsync());
    }
}
