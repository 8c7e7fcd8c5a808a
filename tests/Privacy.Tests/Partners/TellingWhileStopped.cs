using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.Tests.Slices;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>Nothing is delivered while deliveries stand still, and nobody believes that it is; what is owed to people is told
/// to who asks.</summary>
public sealed class TellingWhileStopped(PrivacyService service) : IClassFixture<PrivacyService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private TestService Privacy => service.Running;

    [Theory, Control("S11")]
    [InlineData("suspension")]
    [InlineData("end")]
    public async Task What_is_owed_is_told_to_who_asks_and_nothing_else(string stop)
    {
        var partner = await Privacy.AgreeAsync();
        using var program = Privacy.Program(FeedSteps.IdOf(partner));
        using var stranger = Privacy.Program(FeedSteps.IdOf(await Privacy.AgreeAsync()));
        var person = await Privacy.ConsentingAsync();
        await Privacy.OrderedAsync(person);
        await program.PullAsync();
        await StopAsync(partner, stop);
        await Privacy.OrderedAsync(person);
        await Privacy.RecordAsync(RectifiedOf(person));

        var refused = await program.GetAsync("/api/partners/feed", Token);
        (refused.StatusCode, await refused.ProblemCodeAsync()).ShouldBe((HttpStatusCode.Conflict, "deliveries-stopped"));
        (await refused.Content.ReadAsStringAsync(Token)).ShouldContain("/api/partners/duties");
        var owed = (await DutiesAsync(program))["events"]!.AsArray().ShouldHaveSingleItem()!;
        (await DutiesAsync(stranger))["events"]!.AsArray().ShouldBeEmpty("it was told nothing of the person");

        ((string)owed["type"]!).ShouldBe(CustomerRectifiedData.EventType);
        owed["subject"]!.GetValue<Guid>().ShouldBe(person);
        owed["data"]!.AsObject().Select(member => member.Key).ShouldBe(["corrected", "rectifiedAt"], ignoreOrder: true);
        (await program.PostWithKeyAsync("/api/partners/acknowledgements", new { eventId = owed["id"]!.GetValue<Guid>() }))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Privacy.DisclosuresAsync(person)).Count(line => line!["acknowledgedAt"] is not null).ShouldBe(1);
    }

    [Fact, Control("S11")]
    public async Task What_is_owed_from_an_agreement_of_before_is_told_and_stays_acknowledged_under_the_next()
    {
        var partner = await Privacy.AgreeAsync();
        using var program = Privacy.Program(FeedSteps.IdOf(partner));
        var person = await Privacy.ConsentingAsync();
        await Privacy.OrderedAsync(person);
        await program.PullAsync();
        await StopAsync(partner, "end");
        var rectified = RectifiedOf(person);
        await Privacy.RecordAsync(rectified);
        await DutiesAsync(program);
        (await program.PostWithKeyAsync("/api/partners/acknowledgements", new { eventId = rectified.EntryId }))
            .EnsureSuccessStatusCode();
        await Privacy.AgreeAsync(partner, version: 2);

        var owed = await DutiesAsync(program);

        owed.Ids().ShouldBe([rectified.EntryId]);
        ((bool)owed["more"]!).ShouldBeFalse();
        (await Privacy.DisclosuresAsync(person)).Where(line => line!["entryId"]!.GetValue<Guid>() == rectified.EntryId)
            .ShouldAllBe(line => line!["acknowledgedAt"] != null);
    }

    [Fact]
    public async Task Resumed_it_gets_in_order_what_it_was_not_told_though_it_had_asked_for_what_it_owes()
    {
        var partner = await Privacy.AgreeAsync();
        using var program = Privacy.Program(FeedSteps.IdOf(partner));
        var person = await Privacy.ConsentingAsync();
        await Privacy.OrderedAsync(person);
        var before = (await program.PullAsync())["next"]!;
        await StopAsync(partner, "suspension");
        var missed = await Privacy.OrderedAsync(person);
        var rectified = RectifiedOf(person);
        await Privacy.RecordAsync(rectified);
        await DutiesAsync(program);

        using var officer = Privacy.Staff("privacy-officer");
        (await officer.DeleteAsync($"{partner}/suspension", Token)).EnsureSuccessStatusCode();

        (await program.PullAsync($"?after={before}")).Ids().Where(id => id == missed.EntryId || id == rectified.EntryId)
            .ShouldBe([missed.EntryId, rectified.EntryId]);
    }

    [Fact]
    public async Task Who_asks_for_what_it_owes_says_from_where_as_for_the_feed()
    {
        using var program = Privacy.Program(FeedSteps.IdOf(await Privacy.AgreeAsync()));
        using var registered = Privacy.Program(FeedSteps.IdOf(await Privacy.RegisterAsync()));
        var page = await DutiesAsync(program);
        page["events"]!.AsArray().ShouldBeEmpty();

        (await DutiesAsync(program, $"?after={page["next"]}"))["next"]!.GetValue<long>()
            .ShouldBeGreaterThanOrEqualTo(page["next"]!.GetValue<long>());
        var ahead = await program.GetAsync("/api/partners/duties?after=999999999", Token);
        (ahead.StatusCode, await ahead.ProblemCodeAsync()).ShouldBe((HttpStatusCode.UnprocessableEntity, "position-ahead"));
        var nothing = await registered.GetAsync("/api/partners/duties", Token);
        (nothing.StatusCode, await nothing.ProblemCodeAsync()).ShouldBe((HttpStatusCode.Conflict, "agreement-none"));
    }

    [Fact]
    public async Task Suspended_it_is_called_so_everywhere_whatever_is_agreed_meanwhile()
    {
        var partner = await Privacy.AgreeAsync();
        using var program = Privacy.Program(FeedSteps.IdOf(partner));
        await StopAsync(partner, "suspension");
        await StopAsync(partner, "end");
        await Privacy.AgreeAsync(partner, version: 2);

        (await Privacy.PartnerAsync(partner))["state"]!.GetValue<string>().ShouldBe("suspended");
        using var staff = Privacy.Staff("operator");
        var list = await (await staff.GetAsync($"{PartnerSteps.Registry}?limit=100", Token)).JsonAsync();
        var line = list["items"]!.AsArray().Single(line => partner.EndsWith((string)line!["id"]!, StringComparison.Ordinal))!;
        ((string)line["state"]!).ShouldBe("suspended");
        var lag = await (await program.GetAsync("/api/partners/lag", Token)).JsonAsync();
        ((string)lag["stopped"]!["reason"]!).ShouldBe("security");
    }

    [Fact]
    public void A_line_that_was_stored_before_lines_told_of_suspensions_stays_suspended()
    {
        var line = new PartnerLine { State = PartnerState.Suspended };

        line.Apply(new AgreementActivated(2, Given.Now)).State.ShouldBe(PartnerState.Suspended);
        line.Apply(new PartnerResumed(Given.Now)).Apply(new AgreementActivated(2, Given.Now)).State
            .ShouldBe(PartnerState.Active);
    }

    private static FeedEntryRecorded RectifiedOf(Guid person) =>
        RectifiedEntry.Of(person, Guid.CreateVersion7(), ["email"], DateTimeOffset.UtcNow);

    private static async Task<JsonObject> DutiesAsync(HttpClient program, string query = "")
    {
        var answer = await program.GetAsync($"/api/partners/duties{query}", Token);
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync(Token));
        return await answer.JsonAsync();
    }

    private async Task StopAsync(string partner, string stop)
    {
        using var officer = Privacy.Staff("privacy-officer");
        (await officer.PostWithKeyAsync($"{partner}/{stop}", new { reason = "security" })).EnsureSuccessStatusCode();
    }
}
