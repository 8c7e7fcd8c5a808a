using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.Tests.Slices;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>A partner asks for what came after a position.</summary>
public sealed class PullingTheFeed(PrivacyService service) : IClassFixture<PrivacyService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private TestService Privacy => service.Running;

    [Fact, Control("S11")]
    public async Task Who_consents_is_told_of_with_the_agreed_members_and_nothing_else()
    {
        using var program = Privacy.Program(FeedSteps.IdOf(await Privacy.AgreeAsync()));
        var person = await Privacy.ConsentingAsync();
        var ordered = await Privacy.OrderedAsync(person);

        var page = await program.PullAsync();

        var e = page["events"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        e["specversion"]!.GetValue<string>().ShouldBe("1.0");
        e["id"]!.GetValue<Guid>().ShouldBe(ordered.EntryId);
        e["type"]!.GetValue<string>().ShouldBe(OrderPlacedData.EventType);
        e["source"]!.GetValue<string>().ShouldBe("/eperfect/orders");
        e["subject"]!.GetValue<Guid>().ShouldBe(person);
        e["sequence"]!.GetValue<string>().ShouldBe("1");
        e["dataschema"]!.GetValue<string>().ShouldEndWith($"/api/partners/schemas/{OrderPlacedData.EventType}.json");
        e["data"]!.AsObject().Select(member => member.Key).ShouldBe(["orderId", "currency", "total"], ignoreOrder: true);
        page["next"]!.GetValue<long>().ShouldBeGreaterThanOrEqualTo(long.Parse(e["position"]!.GetValue<string>()));
    }

    [Fact, Control("S11")]
    public async Task Who_did_not_consent_is_not_told_of_and_the_position_moves_on()
    {
        using var program = Privacy.Program(FeedSteps.IdOf(await Privacy.AgreeAsync()));
        var before = (await program.PullAsync())["next"]!.GetValue<long>();
        var person = await Privacy.ConsentingAsync(given: false);
        await Privacy.OrderedAsync(person);

        var page = await program.PullAsync($"?after={before}");

        page.Ids().ShouldBeEmpty();
        page["next"]!.GetValue<long>().ShouldBeGreaterThan(before);
        (await Privacy.DisclosuresAsync(person)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Asked_again_the_same_events_come_and_the_person_reads_of_it_once()
    {
        var partner = FeedSteps.IdOf(await Privacy.AgreeAsync());
        using var program = Privacy.Program(partner);
        var person = await Privacy.ConsentingAsync();
        var ordered = await Privacy.OrderedAsync(person);

        var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => program.PullAsync()));

        pages.ShouldAllBe(page => page.Ids().SequenceEqual(new[] { ordered.EntryId }));
        var line = (await Privacy.DisclosuresAsync(person)).ShouldHaveSingleItem()!;
        line["partnerId"]!.GetValue<Guid>().ShouldBe(partner);
        line["fields"]!.AsArray().Select(field => (string)field!).ShouldBe(["orderId", "total", "currency"]);
        ((string)line["purpose"]!, (string)line["rule"]!, (string)line["way"]!)
            .ShouldBe(("partner-sharing", "consent-given", "pull"));
    }

    [Fact]
    public async Task A_partner_reads_what_is_agreed_with_it_and_what_it_was_told_and_of_no_other()
    {
        var partner = FeedSteps.IdOf(await Privacy.AgreeAsync());
        using var program = Privacy.Program(partner);
        using var other = Privacy.Program(FeedSteps.IdOf(await Privacy.AgreeAsync()));
        var person = await Privacy.ConsentingAsync();
        FeedEntryRecorded[] entries = [await Privacy.OrderedAsync(person), await Privacy.OrderedAsync(person)];
        await program.PullAsync();
        async Task<JsonObject> ReadAsync(HttpClient who, string path) => await (await who.GetAsync(path, Token)).JsonAsync();

        var agreement = await ReadAsync(program, "/api/partners/agreement");
        (agreement["id"]!.GetValue<Guid>(), (string)agreement["state"]!).ShouldBe((partner, "active"));
        agreement["agreement"]!["terms"]!["events"]!.AsArray().Count.ShouldBe(2);
        var first = await ReadAsync(program, "/api/partners/deliveries?limit=1");
        var second = await ReadAsync(program, $"/api/partners/deliveries?limit=1&cursor={first["next"]}");
        JsonNode[] told = [first["items"]!.AsArray().Single()!, second["items"]!.AsArray().Single()!];
        told.Select(one => one["eventId"]!.GetValue<Guid>()).ShouldBe(entries.Select(e => e.EntryId), ignoreOrder: true);
        told.ShouldAllBe(one => (string)one["way"]! == "pull" && one["subject"]!.GetValue<Guid>() == person);
        second["next"].ShouldBeNull();
        (await ReadAsync(other, "/api/partners/deliveries"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact, Control("S11")]
    public async Task After_a_withdrawal_nothing_comes_also_of_before_and_the_partner_hears_of_it()
    {
        using var program = Privacy.Program(FeedSteps.IdOf(await Privacy.AgreeAsync()));
        using var other = Privacy.Program(FeedSteps.IdOf(await Privacy.AgreeAsync()));
        var person = await Privacy.ConsentingAsync();
        await Privacy.OrderedAsync(person);
        (await program.PullAsync()).Ids().Count.ShouldBe(1);

        await Privacy.WithdrawAsync(person);
        var told = RecordEntry.Entry(person, "withdrawal", new SharingWithdrawnData(Given.Now), Given.Now);
        await Privacy.RecordAsync(told);
        await Privacy.OrderedAsync(person);

        (await program.PullAsync()).Ids().ShouldBe([told.EntryId], "Art. 19: who was told of the person hears of it");
        (await other.PullAsync()).Ids().ShouldBeEmpty("who was not told hears of nothing");
    }

    [Fact, Control("S11")]
    public async Task Narrowed_less_comes_of_the_same_events()
    {
        var path = await Privacy.AgreeAsync();
        using var program = Privacy.Program(FeedSteps.IdOf(path));
        var person = await Privacy.ConsentingAsync();
        await Privacy.OrderedAsync(person);
        await program.PullAsync();
        using var staff = Privacy.Staff("legal");
        var narrowed = await staff.PutAsync($"{path}/agreement", new
        {
            purposes = new[] { "partner-sharing" }, categories = new[] { "account" }, legalBasis = "consent", retentionDays = 90,
            events = new object[] { new { type = OrderPlacedData.EventType, fields = new[] { "orderId" } } },
        }, ifMatch: null);
        narrowed.StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var events = (await program.PullAsync())["events"]!.AsArray();

        events.Select(one => (string)one!["type"]!).ShouldBe([OrderPlacedData.EventType, AgreementChangedData.EventType]);
        events[0]!["data"]!.AsObject().Select(member => member.Key).ShouldBe(["orderId"]);
    }

    [Fact, Control("S11")]
    public async Task Suspended_it_is_told_where_it_stopped_and_resumed_it_goes_on_from_there()
    {
        var path = await Privacy.AgreeAsync();
        using var program = Privacy.Program(FeedSteps.IdOf(path));
        var person = await Privacy.ConsentingAsync();
        var next = (await program.PullAsync())["next"]!.GetValue<long>();
        using var officer = Privacy.Staff("privacy-officer");
        (await officer.PostWithKeyAsync($"{path}/suspension", new { reason = "security" })).EnsureSuccessStatusCode();
        var meanwhile = await Privacy.OrderedAsync(person);

        var stopped = await program.GetAsync($"/api/partners/feed?after={next}", Token);
        stopped.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await stopped.ProblemCodeAsync()).ShouldBe("deliveries-stopped");

        (await officer.DeleteAsync($"{path}/suspension", Token)).EnsureSuccessStatusCode();
        var events = (await program.PullAsync($"?after={next}"))["events"]!.AsArray();
        events.Select(one => (string)one!["type"]!).ShouldBe([OrderPlacedData.EventType, AgreementChangedData.EventType]);
        events[0]!["id"]!.GetValue<Guid>().ShouldBe(meanwhile.EntryId);
    }

    [Fact]
    public async Task Who_waits_is_answered_when_something_is_committed()
    {
        using var program = Privacy.Program(FeedSteps.IdOf(await Privacy.AgreeAsync()));
        var person = await Privacy.ConsentingAsync();
        var next = (await program.PullAsync())["next"]!.GetValue<long>();
        var watch = Stopwatch.StartNew();

        var waiting = program.PullAsync($"?after={next}&wait=20");
        await Task.Delay(500, Token);
        waiting.IsCompleted.ShouldBeFalse();
        var ordered = await Privacy.OrderedAsync(person);

        (await waiting).Ids().ShouldBe([ordered.EntryId]);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task Page_after_page_each_event_comes_once_in_order()
    {
        using var program = Privacy.Program(FeedSteps.IdOf(await Privacy.AgreeAsync()));
        var person = await Privacy.ConsentingAsync();
        var next = (await program.PullAsync())["next"]!.GetValue<long>();
        var ordered = new List<Guid>();
        for (var i = 0; i < 10; i++) ordered.Add((await Privacy.OrderedAsync(person)).EntryId);

        var taken = new List<Guid>();
        for (var i = 0; i < 6 && taken.Count < 10; i++)
        {
            var page = await program.PullAsync($"?after={next}&limit=3");
            taken.AddRange(page.Ids());
            next = page["next"]!.GetValue<long>();
        }

        taken.ShouldBe(ordered);
    }

    [Theory]
    [InlineData("?types=com.eperfect.password.changed.v1", 422, "event-type-unknown")]
    [InlineData("?types=com.eperfect.order.paid.v1", 422, "filter-beyond-agreement")]
    [InlineData("?limit=0", 422, "feed-limit-invalid")]
    [InlineData("?limit=501", 422, "feed-limit-invalid")]
    [InlineData("?wait=26", 422, "feed-wait-invalid")]
    [InlineData("?after=-1", 422, "position-ahead")]
    [InlineData("?after=9000000000", 422, "position-ahead")]
    [InlineData("?after=soon", 400, "malformed-request")]
    public async Task What_makes_no_sense_is_refused_by_name(string query, int status, string code)
    {
        using var program = Privacy.Program(FeedSteps.IdOf(await Privacy.AgreeAsync()));

        var answer = await program.GetAsync($"/api/partners/feed{query}", Token);

        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((status, code));
    }

    [Fact]
    public async Task A_filter_chooses_and_the_position_moves_over_the_rest()
    {
        using var program = Privacy.Program(FeedSteps.IdOf(await Privacy.AgreeAsync()));
        await Privacy.OrderedAsync(await Privacy.ConsentingAsync());

        (await program.PullAsync($"?types={DomainRegisteredData.EventType}")).Ids().ShouldBeEmpty();
        (await program.PullAsync($"?types={DomainRegisteredData.EventType},{OrderPlacedData.EventType}")).Ids().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_partner_that_is_unknown_or_without_agreement_gets_nothing()
    {
        using var unknown = Privacy.Program(Guid.CreateVersion7());
        (await unknown.GetAsync("/api/partners/feed", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var registered = Privacy.Program(FeedSteps.IdOf(await Privacy.RegisterAsync()));
        (await (await registered.GetAsync("/api/partners/feed", Token)).ProblemCodeAsync()).ShouldBe("agreement-none");
    }
}
