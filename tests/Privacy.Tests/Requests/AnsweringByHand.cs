using System.Text.Json.Nodes;
using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Requests.Rectification;
using EPerfect.Privacy.Tests.Partners;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Requests;

/// <summary>A correction that nobody asked for: the privacy officer sees which partners have not answered, and answers for
/// them.</summary>
public sealed class AnsweringByHand(PostgresServer postgres) : IAsyncLifetime
{
    private const string List = "/api/privacy/corrections/unanswered";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly TurnedClock clock = new();
    private TestService privacy = null!;

    public async ValueTask InitializeAsync() =>
        privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, clock: clock, cancellationToken: Token);

    public ValueTask DisposeAsync() => privacy.DisposeAsync();

    [Fact, Control("S11", "S13")]
    public async Task Who_was_told_by_hand_is_not_suspended_and_leaves_the_list()
    {
        var (silent, byHand) = (await privacy.AgreedAsync(), await privacy.AgreedAsync());
        var person = await privacy.ToldOfAsync(silent, byHand);
        var correction = await privacy.CorrectAsync(person, 2, clock);
        (await UnansweredAsync()).ShouldBe([$"{correction} {silent}", $"{correction} {byHand}"], ignoreOrder: true);

        for (var i = 0; i < 2; i++) (await TellAsync(person, correction, byHand)).ShouldBe((204, ""));

        (await UnansweredAsync()).ShouldBe([$"{correction} {silent}"]);
        (await privacy.EventsAsync<RecipientTold>(Rectifications.StreamOf(person))).ShouldHaveSingleItem().How
            .ShouldBe("by-letter");
        clock.Turn(SettleRectification.Patience + TimeSpan.FromHours(1));
        await privacy.SettledAsync(person, 1);
        (await privacy.StateOfPartnerAsync(byHand)).ShouldBe("active");
        (await privacy.StateOfPartnerAsync(silent)).ShouldBe("suspended");
        (await UnansweredAsync()).ShouldBe([$"{correction} {silent}"], "suspended, it has not answered all the same");
        (await TellAsync(person, correction, silent)).ShouldBe((204, ""));
        (await UnansweredAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_list_names_who_owes_an_answer_and_since_when_nothing_is_delivered_to_it()
    {
        var (gone, prompt) = (await privacy.AgreedAsync(), await privacy.AgreedAsync());
        var person = await privacy.ToldOfAsync(gone, prompt);
        var stranger = await privacy.ConsentingAsync();
        await privacy.CorrectAsync(stranger, 2, clock);
        using var legal = privacy.Staff("legal");
        (await legal.PostWithKeyAsync($"{PartnerSteps.Registry}/{gone}/end", new { reason = "agreement-over" }))
            .EnsureSuccessStatusCode();
        var correction = await privacy.CorrectAsync(person, 2, clock);

        using var program = privacy.Program(prompt);
        (await program.AcknowledgeAsync(await CorrectionAsync(program))).EnsureSuccessStatusCode();
        var line = (await LinesAsync()).ShouldHaveSingleItem()!;
        line["accountId"]!.GetValue<Guid>().ShouldBe(person, "nobody was ever told of the stranger");
        line["answerBy"]!.GetValue<DateTimeOffset>().ShouldBe(
            clock.GetUtcNow() + SettleRectification.Patience, TimeSpan.FromMinutes(5));
        var recipient = line["recipients"]!.AsArray().ShouldHaveSingleItem()!;
        (recipient["partnerId"]!.GetValue<Guid>(), (string)recipient["company"]!).ShouldBe((gone, "Example Ltd"));
        recipient["stoppedSince"].ShouldNotBeNull();

        // Nobody suspends it; whom to write to is known all the same, until the person is erased: then all goes.
        clock.Turn(SettleRectification.Patience + TimeSpan.FromHours(1));
        await privacy.SettledAsync(person, 1);
        (await UnansweredAsync()).ShouldBe([$"{correction} {gone}"]);
        await privacy.EraseAsync(person, clock);
        (await UnansweredAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_list_is_paged_the_most_urgent_first()
    {
        var partner = await privacy.AgreedAsync();
        var person = await privacy.ToldOfAsync(partner);
        var expected = new List<string>();
        for (var version = 2; version < 5; version++)
        {
            expected.Add($"{await privacy.CorrectAsync(person, version, clock)} {partner}");
            clock.Turn(TimeSpan.FromHours(1));
        }

        using var officer = privacy.Staff("privacy-officer");
        var (found, cursor) = (new List<string>(), "");
        do
        {
            var page = await (await officer.GetAsync($"{List}?limit=2{cursor}", Token)).JsonAsync();
            found.AddRange(page["items"]!.AsArray().SelectMany(Pairs));
            cursor = page["next"] is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);

        found.ShouldBe(expected);
        (await (await officer.GetAsync($"{List}?cursor=nonsense", Token)).ProblemCodeAsync()).ShouldBe("cursor-invalid");
    }

    [Fact]
    public async Task What_is_not_known_is_not_told_and_changes_nothing()
    {
        var partner = await privacy.AgreedAsync();
        var person = await privacy.ToldOfAsync(partner);
        var correction = await privacy.CorrectAsync(person, 2, clock);

        (await TellAsync(person, partner, partner)).ShouldBe((404, "not-found"));
        (await TellAsync(partner, correction, partner)).ShouldBe((404, "not-found"), "of nobody");
        (await TellAsync(await privacy.ConsentingAsync(), correction, partner)).ShouldBe((404, "not-found"), "of another");
        (await TellAsync(person, correction, person)).ShouldBe((422, "recipient-unknown"));
        (await TellAsync(person, correction, partner, how: "by-pigeon")).ShouldBe((422, "telling-unknown"));
        (await TellAsync(person, correction, partner, role: "support")).ShouldBe((403, "role-insufficient"));

        (await privacy.EventsAsync<RecipientTold>(Rectifications.StreamOf(person))).ShouldBeEmpty();
        (await UnansweredAsync()).ShouldBe([$"{correction} {partner}"]);
    }

    [Fact]
    public async Task Staff_reads_what_was_corrected_the_newest_first_whether_or_not_it_was_asked_for()
    {
        var partner = await privacy.AgreedAsync();
        var person = await privacy.ToldOfAsync(partner);
        var (first, second) = (await privacy.CorrectAsync(person, 2, clock), await privacy.CorrectAsync(person, 3, clock));
        await TellAsync(person, first, partner);
        using var officer = privacy.Staff("privacy-officer");

        var page = await (await officer.GetAsync($"/api/privacy/people/{person}/corrections?limit=1", Token)).JsonAsync();
        var rest = await (await officer.GetAsync(
            $"/api/privacy/people/{person}/corrections?cursor={page["next"]}", Token)).JsonAsync();

        page["items"]!.AsArray().Single()!["id"]!.GetValue<Guid>().ShouldBe(second);
        var told = rest["items"]!.AsArray().ShouldHaveSingleItem()!;
        told["id"]!.GetValue<Guid>().ShouldBe(first);
        ((string)told["recipients"]!.AsArray()[0]!["how"]!).ShouldBe("by-letter");
        rest["next"].ShouldBeNull();
    }

    private async Task<(int, string)> TellAsync(
        Guid person, Guid correction, Guid partner, string how = "by-letter", string role = "privacy-officer")
    {
        using var staff = privacy.Staff(role);
        var answer = await staff.PostWithKeyAsync(
            $"/api/privacy/people/{person}/corrections/{correction}/tellings", new { partnerId = partner, how });
        return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? "" : await answer.ProblemCodeAsync());
    }

    private async Task<JsonArray> LinesAsync()
    {
        using var officer = privacy.Staff("privacy-officer");
        return (await (await officer.GetAsync($"{List}?limit=100", Token)).JsonAsync())["items"]!.AsArray();
    }

    private async Task<string[]> UnansweredAsync() => [.. (await LinesAsync()).SelectMany(Pairs)];

    private static IEnumerable<string> Pairs(JsonNode? line) =>
        line!["recipients"]!.AsArray().Select(one => $"{line["correctionId"]} {one!["partnerId"]}");

    private static async Task<JsonObject> CorrectionAsync(HttpClient program) => (await program.PullAsync())["events"]!
        .AsArray().Select(e => e!.AsObject()).Single(e => (string)e["type"]! == CustomerRectifiedData.EventType);
}
