using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Contracts.Accounts;
using EPerfect.Contracts.Domains;
using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.Requests.Rectification;
using EPerfect.Privacy.Requests.Rectification.Reactions;
using EPerfect.Privacy.Tests.Partners;
using EPerfect.Privacy.Tests.Slices;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Privacy.Tests.Requests;

/// <summary>Who was given the old value is told that it was corrected, and the request is done when that is so.</summary>
public sealed class FollowingUpCorrections(PrivacyService service) : IClassFixture<PrivacyService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private TestService Privacy => service.Running;

    [Fact, Control("S13")]
    public async Task A_partner_that_was_told_of_the_person_hears_of_it_and_the_request_is_done_only_then()
    {
        var partner = FeedSteps.IdOf(await Privacy.AgreeAsync());
        using var program = Privacy.Program(partner);
        using var other = Privacy.Program(FeedSteps.IdOf(await Privacy.AgreeAsync()));
        var person = await Privacy.ConsentingAsync();
        await Privacy.OrderedAsync(person);
        var page = await program.PullAsync();
        var request = await FileAsync(person);
        (await CompleteAsync(request)).ShouldBe((409, "nothing-rectified"));

        await ToldAsync(Changed(person, 2, "email", "address"));

        var rectified = (await RectificationsAsync(request)).ShouldHaveSingleItem()!;
        ((string)rectified["service"]!).ShouldBe("accounts");
        rectified["fields"]!.AsArray().Select(field => (string)field!).ShouldBe(["email", "address"]);
        StatesOf(rectified).ShouldBe(
            ["partner to-be-told", "registry nothing-received", "payment-provider nothing-received",
                "domains nothing-received", "orders nothing-received"]);
        (await CompleteAsync(request)).ShouldBe((409, "recipients-not-told"));

        // Whatever it asks for: this it has to be told.
        var told = await program.PullAsync($"?after={page["next"]}&types={DomainRegisteredData.EventType}");
        var heard = told["events"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)heard["type"]!).ShouldBe(CustomerRectifiedData.EventType);
        heard["data"]!.AsObject().Select(member => member.Key).ShouldBe(["corrected", "rectifiedAt"], ignoreOrder: true);
        heard["data"]!["corrected"]!.AsArray().Select(field => (string)field!).ShouldBe(["email", "address"]);
        (await other.PullAsync($"?after={page["next"]}")).Ids().ShouldNotContain(
            heard["id"]!.GetValue<Guid>(), "who was given nothing of the person hears of nothing");
        StatesOf((await RectificationsAsync(request))[0]!)[0].ShouldBe("partner told");

        var acknowledgement = new { eventId = heard["id"]!.GetValue<Guid>() };
        (await other.PostWithKeyAsync("/api/partners/acknowledgements", acknowledgement)).StatusCode
            .ShouldBe(HttpStatusCode.NotFound, "who was not told has nothing to say");
        for (var i = 0; i < 2; i++)
        {
            (await program.PostWithKeyAsync("/api/partners/acknowledgements", acknowledgement)).StatusCode
                .ShouldBe(HttpStatusCode.NoContent);
        }

        StatesOf((await RectificationsAsync(request))[0]!)[0].ShouldBe("partner acknowledged");
        (await CompleteAsync(request)).ShouldBe((204, ""));
        (await Privacy.DisclosuresAsync(person)).Count(line => line!["acknowledgedAt"] is not null).ShouldBe(1);
    }

    [Fact]
    public async Task Told_twice_late_and_out_of_order_each_correction_is_one()
    {
        var person = await Privacy.ConsentingAsync();
        var request = await FileAsync(person);
        var contact = new ContactCorrected(Guid.CreateVersion7(), person, ["organisation"], DateTimeOffset.UtcNow, 7);

        await ToldAsync(Changed(person, 4, "phone"));
        await ToldAsync(Changed(person, 3, "name"));
        await ToldAsync(contact);
        await Task.WhenAll(
            ToldAsync(Changed(person, 3, "name")), ToldAsync(Changed(person, 3, "name")), ToldAsync(contact),
            ToldAsync(new BillingDetailsChanged(person, DateTimeOffset.UtcNow, 5, ["billingAddress"])));
        // Another's contact may have the same version.
        await ToldAsync(contact with { ContactId = Guid.CreateVersion7(), Fields = ["email"] });

        var all = await RectificationsAsync(request);
        all.Select(one => (string)one!["fields"]!.AsArray().Single()!)
            .ShouldBe(["phone", "name", "organisation", "billingAddress", "email"]);
        (await EntriesAsync(person)).Count.ShouldBe(5);
    }

    [Fact]
    public async Task What_corrects_nothing_tells_nobody_and_what_does_not_say_may_be_anything()
    {
        var person = await Privacy.ConsentingAsync();
        var request = await FileAsync(person);

        await ToldAsync(Changed(person, 2));
        (await RectificationsAsync(request)).ShouldBeEmpty();
        await ToldAsync(new ProfileChanged(person, DateTimeOffset.UtcNow, 3));

        (await RectificationsAsync(request)).ShouldHaveSingleItem()!["fields"]!.AsArray().Count.ShouldBe(4);
    }

    [Fact]
    public async Task Killed_in_between_neither_the_correction_nor_the_entry_stands_and_the_repeat_makes_both()
    {
        var person = await Privacy.ConsentingAsync();
        var message = Changed(person, 2, "name");
        await Should.ThrowAsync<OperationCanceledException>(() => Privacy.HearAsync(
            new ProfileChangedReaction(TimeProvider.System), message, before: () => throw new OperationCanceledException()));
        (await EntriesAsync(person)).ShouldBeEmpty();

        await ToldAsync(message);

        (await EntriesAsync(person)).Count.ShouldBe(1);
        await using var session = Privacy.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        (await session.Events.FetchLatest<Rectifications>(Rectifications.StreamOf(person), Token))!.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_partner_that_takes_no_feed_any_more_is_told_by_hand()
    {
        var path = await Privacy.AgreeAsync();
        var partner = FeedSteps.IdOf(path);
        using var program = Privacy.Program(partner);
        var person = await Privacy.ConsentingAsync();
        await Privacy.OrderedAsync(person);
        await program.PullAsync();
        using var legal = Privacy.Staff("legal");
        (await legal.PostWithKeyAsync($"{path}/end", new { reason = "agreement-over" })).EnsureSuccessStatusCode();
        var request = await FileAsync(person);
        await ToldAsync(Changed(person, 2, "name"));
        var id = (await RectificationsAsync(request))[0]!["id"]!.GetValue<Guid>();
        (await program.GetAsync("/api/partners/feed", Token)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await CompleteAsync(request)).ShouldBe((409, "recipients-not-told"));

        using var officer = Privacy.Staff("privacy-officer");
        foreach (var (rectification, whom, how, code) in new (Guid, Guid, string, string)[]
        {
            (id, partner, "by-pigeon", "telling-unknown"),
            (person, partner, "by-letter", "rectification-unknown"),
            (id, person, "by-letter", "recipient-unknown"),
        })
        {
            var wrong = await officer.PostWithKeyAsync(
                $"{request}/tellings", new { rectificationId = rectification, partnerId = whom, how });
            ((int)wrong.StatusCode, await wrong.ProblemCodeAsync()).ShouldBe((422, code));
        }

        for (var i = 0; i < 2; i++)
        {
            (await officer.PostWithKeyAsync(
                $"{request}/tellings", new { rectificationId = id, partnerId = partner, how = "by-letter" })).StatusCode
                .ShouldBe(HttpStatusCode.NoContent);
        }

        StatesOf((await RectificationsAsync(request))[0]!)[0].ShouldBe("partner told");
        (await CompleteAsync(request)).ShouldBe((204, ""));
    }

    private static ProfileChanged Changed(Guid person, long version, params string[] fields) =>
        new(person, DateTimeOffset.UtcNow, version, fields);

    private static string[] StatesOf(JsonNode rectified) =>
        [.. rectified["recipients"]!.AsArray().Select(one => $"{one!["who"]} {one["state"]}")];

    private Task<Decision> ToldAsync(ProfileChanged message) =>
        Privacy.HearAsync(new ProfileChangedReaction(TimeProvider.System), message);

    private Task<Decision> ToldAsync(BillingDetailsChanged message) =>
        Privacy.HearAsync(new BillingDetailsChangedReaction(TimeProvider.System), message);

    private Task<Decision> ToldAsync(ContactCorrected message) =>
        Privacy.HearAsync(new ContactCorrectedReaction(TimeProvider.System), message);

    private async Task<string> FileAsync(Guid person)
    {
        using var owner = Privacy.As(Privacy.Issuer.Owner(person));
        var filed = await owner.PostWithKeyAsync($"/api/privacy/people/{person}/requests", new { kind = "rectification" });
        filed.StatusCode.ShouldBe(HttpStatusCode.Created, await filed.Content.ReadAsStringAsync(Token));
        return filed.Headers.Location!.OriginalString;
    }

    private async Task<(int, string)> CompleteAsync(string request)
    {
        using var officer = Privacy.Staff("privacy-officer");
        var answer = await officer.PostWithKeyAsync($"{request}/completion", new { });
        return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? "" : await answer.ProblemCodeAsync());
    }

    private async Task<JsonArray> RectificationsAsync(string request)
    {
        using var officer = Privacy.Staff("privacy-officer");
        return (await (await officer.GetAsync(request, Token)).JsonAsync())["rectifications"]!.AsArray();
    }

    private async Task<IReadOnlyList<FeedEntryRecorded>> EntriesAsync(Guid person)
    {
        await using var session = Privacy.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var events = await session.Events.FetchStreamAsync(RecordEntry.StreamOf(person), token: Token);
        return [.. events.Select(e => e.Data).OfType<FeedEntryRecorded>().Where(e => e.Type == CustomerRectifiedData.EventType)];
    }
}
