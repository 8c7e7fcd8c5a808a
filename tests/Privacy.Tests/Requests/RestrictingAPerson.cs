using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Contracts.Privacy;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.Time.Testing;
using A = EPerfect.Contracts.Accounts;
using D = EPerfect.Contracts.Domains;
using O = EPerfect.Contracts.Orders;

namespace EPerfect.Privacy.Tests.Requests;

/// <summary>Privacy orders, all services answer, and only then the request is done. The others are played by the test.</summary>
public sealed class RestrictingAPerson(PostgresServer postgres, BrokerServer broker)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly Guid account = Guid.CreateVersion7();

    private string Person => $"/api/privacy/people/{account}";

    [Fact]
    public async Task A_request_is_done_when_every_service_holds_to_it_and_is_lifted_after_the_person_was_told()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var host = await broker.CreateVirtualHostAsync(
            Topology.Render([PrivacyModule.Define(), .. OtherServices.All], "any"), Token);
        await using var wire = await Wire.ConnectAsync(host, Token);
        var ordered = await wire.HearAsync(ProcessingRestricted.Name, Token);
        var ending = await wire.HearAsync(RestrictionEnding.Name, Token);
        var lifted = await wire.HearAsync(RestrictionLifted.Name, Token);
        await using var privacy = await TestService.StartAsync(
            PrivacyModule.Define(), postgres, host, clock: clock, cancellationToken: Token);

        var filed = await privacy.Client.PostWithKeyAsync($"{Person}/requests", new { kind = "restriction" });
        var request = filed.Headers.Location!.OriginalString;
        await Until.TrueAsync(() => Task.FromResult(ordered.Count == 1), "it is ordered");
        var version = ordered.Single()["streamVersion"]!.GetValue<long>();
        await SayAsync(wire, new A.RestrictionApplied { AccountId = account, IsRestricted = true, PersonVersion = version });
        await SayAsync(wire, new D.RestrictionApplied { AccountId = account, IsRestricted = true, PersonVersion = version });
        // An answer to something else than was ordered is no answer.
        await SayAsync(wire, new O.RestrictionApplied { AccountId = account, IsRestricted = true, PersonVersion = version + 9 });
        await Until.TrueAsync(async () => await HoldingAsync(privacy) is ["accounts", "domains", "privacy"], "three hold to it");
        (await ReadAsync(privacy, request))["state"]!.GetValue<string>().ShouldBe("in-progress");

        await SayAsync(wire, new O.RestrictionApplied { AccountId = account, IsRestricted = true, PersonVersion = version });
        await Until.TrueAsync(
            async () => (await ReadAsync(privacy, request))["state"]!.GetValue<string>() == "done", "it is done");

        using var officer = privacy.As(privacy.Issuer.Token(staff: ["privacy-officer"]));
        (await officer.PostWithKeyAsync($"{Person}/restriction/ending", new { ground = "accuracy-verified" })).StatusCode
            .ShouldBe(HttpStatusCode.NoContent);
        await Until.TrueAsync(() => Task.FromResult(ending.Count == 1), "the person is told");
        lifted.ShouldBeEmpty();
        (await ReadAsync(privacy, $"{Person}/restriction"))["restricted"]!.GetValue<bool>().ShouldBeTrue();

        clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(2));
        await Until.TrueAsync(() => Task.FromResult(lifted.Count == 1), "it is lifted");
        lifted.Single()["streamVersion"]!.GetValue<long>().ShouldBeGreaterThan(version);
        (await ReadAsync(privacy, $"{Person}/restriction"))["restricted"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task An_objection_holds_at_once_and_goes_on_if_the_officer_finds_for_the_person()
    {
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, cancellationToken: Token);
        await privacy.Client.PostWithKeyAsync($"{Person}/acknowledgements", new { policySet = 1 });
        (await SecurityAsync(privacy)).ShouldBe("legitimate-interest");
        foreach (var (body, code) in new (object, string)[]
        {
            (new { kind = "objection" }, "objection-purposes-missing"),
            (new { kind = "objection", purposes = new[] { "bookkeeping" } }, "purpose-not-objectable"),
            (new { kind = "access", purposes = new[] { "security" } }, "objection-purposes-misplaced"),
        })
        {
            var wrong = await privacy.Client.PostWithKeyAsync($"{Person}/requests", body);
            (wrong.StatusCode, await wrong.ProblemCodeAsync()).ShouldBe((HttpStatusCode.UnprocessableEntity, code));
        }

        var filed = await privacy.Client.PostWithKeyAsync(
            $"{Person}/requests", new { kind = "objection", purposes = new[] { "security", "direct-mail" } });
        var request = filed.Headers.Location!.OriginalString;
        (await SecurityAsync(privacy)).ShouldBe("objected");
        using var officer = privacy.As(privacy.Issuer.Token(staff: ["privacy-officer"]));
        var weighed = await officer.PostWithKeyAsync(
            $"{request}/weighing", new { purpose = "security", granted = false, ground = "compelling-grounds" });
        weighed.StatusCode.ShouldBe(HttpStatusCode.NoContent, await weighed.Content.ReadAsStringAsync(Token));

        (await SecurityAsync(privacy)).ShouldBe("legitimate-interest");
        var read = await ReadAsync(privacy, request);
        read["state"]!.GetValue<string>().ShouldBe("done");
        read["purposes"]!.AsArray().Select(one => (one!["purpose"]!.ToString(), one["granted"]!.GetValue<bool>())).ShouldBe(
            [("security", false), ("direct-mail", true)]);
    }

    [Fact]
    public async Task Who_takes_a_restriction_back_is_free_at_once()
    {
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, cancellationToken: Token);
        var filed = await privacy.Client.PostWithKeyAsync($"{Person}/requests", new { kind = "restriction" });
        var request = filed.Headers.Location!.OriginalString;
        (await ReadAsync(privacy, $"{Person}/restriction"))["restricted"]!.GetValue<bool>().ShouldBeTrue();

        using var member = privacy.As(privacy.Issuer.Token(accounts: [$"{account:D}:technical"]));
        (await member.PostWithKeyAsync($"{request}/withdrawal", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await privacy.Client.PostWithKeyAsync($"{request}/withdrawal", new { })).StatusCode
            .ShouldBe(HttpStatusCode.NoContent);

        (await ReadAsync(privacy, $"{Person}/restriction"))["restricted"]!.GetValue<bool>().ShouldBeFalse();
        (await ReadAsync(privacy, request))["state"]!.GetValue<string>().ShouldBe("withdrawn");
    }

    private async Task<string> SecurityAsync(TestService privacy) =>
        (await ReadAsync(privacy, $"{Person}/decisions?purpose=security&category=logs"))["rule"]!.GetValue<string>();

    private async Task<string[]> HoldingAsync(TestService privacy) =>
    [
        .. (await ReadAsync(privacy, $"{Person}/restriction"))["services"]!.AsArray()
            .Where(one => one!["since"] is not null).Select(one => one!["service"]!.GetValue<string>()),
    ];

    private static async Task<JsonObject> ReadAsync(TestService privacy, string path) =>
        await (await privacy.Client.GetAsync(path, Token)).JsonAsync();

    private static Task SayAsync<T>(Wire wire, T answer)
        where T : RestrictionAnswer, Contracts.IContract =>
        wire.PublishAsync(T.WireName, answer with { AppliedAt = DateTimeOffset.UtcNow }, Guid.CreateVersion7(), Token);
}
