using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Sandbox;
using EPerfect.Privacy.Tests.Slices;
using EPerfect.Privacy.Tests.Withholding;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>A partner's developer tries it out with people who do not exist.</summary>
public sealed class TryingASandbox(PrivacyService service) : IClassFixture<PrivacyService>
{
    private const string People = "/api/partners/sandbox/people";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private static readonly object Everything = new
    {
        purposes = new[] { "partner-sharing" },
        categories = new[] { "account", "contact" },
        events = new object[]
        {
            new { type = AccountOpenedData.EventType, fields = new[] { "kind" } },
            new { type = OrderPlacedData.EventType, fields = new[] { "orderId", "total" } },
            new { type = OrderPaidData.EventType, fields = new[] { "orderId" } },
            new { type = DomainRegisteredData.EventType, fields = new[] { "domainName" } },
            new { type = OrderActivatedData.EventType, fields = new[] { "orderId" } },
        },
        legalBasis = "consent",
        retentionDays = 90,
    };

    private static readonly object Customers = new
    {
        purposes = new[] { "partner-sharing" },
        categories = new[] { "account", "identity", "contact" },
        events = new object[] { new { type = CustomerSharedData.EventType, fields = new[] { "name", "email", "phone" } } },
        legalBasis = "consent",
        retentionDays = 90,
    };

    private static readonly object Failures = new
    {
        purposes = new[] { "partner-sharing" },
        categories = new[] { "account" },
        events = new object[]
        {
            new { type = DomainRegistrationFailedData.EventType, fields = new[] { "orderId", "reason" } },
            new { type = OrderItemRefundedData.EventType, fields = new[] { "orderId", "amount" } },
            new { type = OrderCancelledData.EventType, fields = new[] { "orderId", "reason" } },
            new { type = AccountClosedData.EventType, fields = new[] { "closedAt" } },
        },
        legalBasis = "consent",
        retentionDays = 90,
    };

    private TestService Privacy => service.Running;

    [Fact]
    public async Task A_person_is_made_and_what_happens_to_it_comes_in_order()
    {
        using var program = await SandboxAsync();

        var person = await MakeAsync(program);

        var events = (await program.PullAsync())["events"]!.AsArray();
        events.Select(e => (string)e!["type"]!).ShouldBe(
        [
            AccountOpenedData.EventType, OrderPlacedData.EventType, OrderPaidData.EventType,
            DomainRegisteredData.EventType, OrderActivatedData.EventType,
        ]);
        events.ShouldAllBe(e => (string)e!["subject"]! == $"{person:D}");
        events.Select(e => (string)e!["sequence"]!).ShouldBe(["1", "2", "3", "4", "5"]);
        events[1]!["data"]!.AsObject().Select(member => member.Key).ShouldBe(["orderId", "total"], ignoreOrder: true);
    }

    [Fact]
    public async Task Asked_twice_under_one_key_there_is_one_person()
    {
        using var program = await SandboxAsync();
        var key = $"{Guid.NewGuid()}";

        var first = await program.PostWithKeyAsync(People, new { }, key);
        var again = await program.PostWithKeyAsync(People, new { }, key);

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.Headers.Location.ShouldBe(first.Headers.Location);
        (await program.PullAsync()).Ids().Count.ShouldBe(5);
    }

    [Fact, Control("S11")]
    public async Task Who_withdraws_is_told_of_by_that_and_by_nothing_else_any_more()
    {
        using var program = await SandboxAsync();
        var (told, untold) = (await MakeAsync(program), await MakeAsync(program));
        // Of the second, nothing was taken yet.
        var page = await program.PullAsync("?limit=5");
        await DoneAsync(program, $"{People}/{told}/withdrawal");
        await DoneAsync(program, $"{People}/{untold}/withdrawal");

        var after = await program.PullAsync($"?after={page["next"]}");

        var e = after["events"]!.AsArray().Single(one => (string)one!["subject"]! == $"{told:D}")!;
        ((string)e["type"]!).ShouldBe(SharingWithdrawnData.EventType);
        after["events"]!.AsArray().ShouldAllBe(one => (string)one!["subject"]! == $"{told:D}");
    }

    [Fact, Control("S11")]
    public async Task Who_is_erased_is_told_of_by_that_and_by_nothing_else_any_more()
    {
        using var program = await SandboxAsync();
        var person = await MakeAsync(program);
        var page = await program.PullAsync();
        await DoneAsync(program, $"{People}/{person}/erasure");

        var after = await program.PullAsync($"?after={page["next"]}");
        var again = await program.PullAsync();

        ((string)after["events"]!.AsArray().ShouldHaveSingleItem()!["type"]!).ShouldBe(CustomerErasedData.EventType);
        again.Ids().ShouldBe(after.Ids(), "also from the beginning");
        foreach (var what in (string[])["failed-order", "correction", "closure"])
            await RefusedAsync(program, $"{People}/{person}/{what}", 409, "synthetic-person-erased");
        await RefusedAsync(program, $"{People}/{person}/withdrawal", 409, "synthetic-person-erased");
        await RefusedAsync(program, $"{People}/{person}/erasure", 409, "synthetic-person-erased");
    }

    [Fact]
    public async Task Who_the_person_is_only_the_partner_can_read_and_a_correction_brings_the_right_name()
    {
        using var key = new TestPartnerKey();
        using var program = await SandboxAsync(Customers, key);
        var person = await MakeAsync(program);
        await DoneAsync(program, $"{People}/{person}/correction");

        var events = (await program.PullAsync())["events"]!.AsArray();

        events.Select(e => (string)e!["type"]!).ShouldBe(
        [
            CustomerSharedData.EventType, CustomerSharedData.EventType, CustomerRectifiedData.EventType,
            CustomerSharedData.EventType,
        ]);
        // No member that is not agreed: the number is, the address is not.
        events.Where(e => (string)e!["type"]! == CustomerSharedData.EventType)
            .Select(e => string.Join(' ', e!["data"]!.AsObject().Select(member => member.Key)))
            .ShouldBe(["name email", "phone", "name email"]);
        ((string)key.Decrypt(events[0]!["data"]!["name"]!)!).ShouldBe("Alex Example");
        ((string)key.Decrypt(events[3]!["data"]!["name"]!)!).ShouldStartWith("Alex Example-");
    }

    [Fact]
    public async Task Under_a_new_key_who_the_people_are_comes_again_once_and_nothing_comes_for_the_old_one()
    {
        using var old = new TestPartnerKey();
        using var key = new TestPartnerKey("next");
        using var program = await SandboxAsync(Customers, old);
        var (person, withdrawn, erased) = (await MakeAsync(program), await MakeAsync(program), await MakeAsync(program));
        await DoneAsync(program, $"{People}/{person}/correction");
        var named = old.Decrypt((await SharedAsync(program)).Last(e => Of(e) == person)["data"]!["name"]!).ToString();
        await DoneAsync(program, $"{People}/{withdrawn}/withdrawal");
        await DoneAsync(program, $"{People}/{erased}/erasure");

        for (var i = 0; i < 2; i++)
            (await program.PutAsync("/api/partners/key", key.Public)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var shared = await SharedAsync(program);
        shared.Select(Of).ShouldBe([person, person], "of who withdrew or is erased nothing");
        shared.Select(e => string.Join(' ', e["data"]!.AsObject().Select(member => member.Key)))
            .ShouldBe(["name email", "phone"]);
        key.Decrypt(shared[0]["data"]!["name"]!).ToString().ShouldBe(named, "as it was corrected");
        key.Decrypt(shared[1]["data"]!["phone"]!).ToString().ShouldStartWith("+1202555");
    }

    [Fact]
    public async Task An_order_fails_as_often_as_one_likes_until_the_account_is_closed()
    {
        using var program = await SandboxAsync(Failures);
        var person = await MakeAsync(program);
        await DoneAsync(program, $"{People}/{person}/failed-order");
        await DoneAsync(program, $"{People}/{person}/failed-order");
        await DoneAsync(program, $"{People}/{person}/closure");

        var events = (await program.PullAsync())["events"]!.AsArray();

        string[] once =
        [
            DomainRegistrationFailedData.EventType, OrderItemRefundedData.EventType, OrderCancelledData.EventType,
        ];
        events.Select(e => (string)e!["type"]!).ShouldBe([.. once, .. once, AccountClosedData.EventType]);
        events.Take(6).Select(e => (string)e!["data"]!["orderId"]!).Distinct().Count().ShouldBe(2);
        foreach (var what in (string[])["failed-order", "correction", "closure"])
            await RefusedAsync(program, $"{People}/{person}/{what}", 409, "synthetic-account-closed");
        await DoneAsync(program, $"{People}/{person}/erasure");
    }

    [Fact]
    public async Task Another_partner_neither_hears_of_the_person_nor_changes_it()
    {
        using var program = await SandboxAsync();
        using var other = await SandboxAsync();
        using var live = Privacy.Program(FeedSteps.IdOf(await Privacy.AgreeAsync(Everything)));
        var person = await MakeAsync(program);

        (await other.PullAsync()).Ids().ShouldBeEmpty();
        (await live.PullAsync()).Ids().ShouldBeEmpty();
        await RefusedAsync(other, $"{People}/{person}/withdrawal", 404, "not-found");
        await RefusedAsync(other, $"{People}/{person}/erasure", 404, "not-found");
        await RefusedAsync(live, People, 409, "partner-not-sandbox");
        (await program.PullAsync()).Ids().Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_sandbox_has_a_hundred_people_also_when_they_are_asked_for_at_once()
    {
        using var program = await SandboxAsync();
        for (var made = 0; made < SandboxRefusals.MostPeople - 2; made++) await MakeAsync(program);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => program.PostWithKeyAsync(People, new { })));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(2);
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
            (await refused.ProblemCodeAsync()).ShouldBe("synthetic-people-limit");
    }

    [Fact]
    public async Task Staff_begins_nothing_for_somebody_who_does_not_exist()
    {
        using var program = await SandboxAsync();
        var person = await MakeAsync(program);
        using var officer = Privacy.Staff("privacy-officer");
        using var lawyer = Privacy.Lawyer();

        await RefusedAsync(officer, $"/api/privacy/people/{person}/requests", 404, "not-found", new { kind = "access" });
        await RefusedAsync(
            lawyer, $"/api/privacy/people/{person}/holds", 404, "not-found",
            new { reason = "case:4711", groups = new[] { "logs" } });
        await RefusedAsync(
            lawyer, $"/api/privacy/people/{person}/withholdings", 404, "not-found",
            WithholdingSteps.Order(DateTimeOffset.UtcNow.AddDays(30)));
    }

    private async Task<HttpClient> SandboxAsync(object? terms = null, TestPartnerKey? key = null) =>
        Privacy.Program(FeedSteps.IdOf(await Privacy.AgreeAsync(terms ?? Everything, new
        {
            company = "Example Ltd",
            kind = "accounting",
            mode = "sandbox",
            erasureContact = "erasure@partner.example",
            key = key?.Public,
        })));

    private static async Task<JsonNode[]> SharedAsync(HttpClient program) =>
    [
        .. (await program.PullAsync())["events"]!.AsArray()
            .Where(e => (string)e!["type"]! == CustomerSharedData.EventType)!,
    ];

    private static Guid Of(JsonNode e) => e["subject"]!.GetValue<Guid>();

    private static async Task<Guid> MakeAsync(HttpClient program)
    {
        var answer = await program.PostWithKeyAsync(People, new { });
        ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync(Token));
        return (await answer.JsonAsync())["id"]!.GetValue<Guid>();
    }

    private static async Task DoneAsync(HttpClient program, string path)
    {
        var answer = await program.PostWithKeyAsync(path, new { });
        ((int)answer.StatusCode).ShouldBe(204, await answer.Content.ReadAsStringAsync(Token));
    }

    private static async Task RefusedAsync(HttpClient client, string path, int status, string code, object? body = null)
    {
        var answer = await client.PostWithKeyAsync(path, body ?? new { });
        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((status, code));
    }
}
