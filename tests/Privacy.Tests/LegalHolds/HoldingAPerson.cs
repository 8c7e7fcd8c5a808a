using System.Text.Json.Nodes;
using EPerfect.Contracts;
using EPerfect.Contracts.Privacy;
using EPerfect.PersonalData;
using EPerfect.Privacy.Tests.Withholding;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using A = EPerfect.Contracts.Accounts;
using D = EPerfect.Contracts.Domains;
using O = EPerfect.Contracts.Orders;

namespace EPerfect.Privacy.Tests.LegalHolds;

/// <summary>One asks, another approves, and every service holds. The others are played by the test.</summary>
public sealed class HoldingAPerson(PostgresServer postgres, BrokerServer broker)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly Guid person = Guid.CreateVersion7();

    private string Holds => $"/api/privacy/people/{person}/holds";

    [Fact]
    public async Task Asked_by_one_and_approved_by_another_it_is_placed_everywhere_and_released_the_same_way()
    {
        await using var scene = await StartAsync();
        var (privacy, wire, ordered) = scene;
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        using var lawyer = privacy.Lawyer(person: one);
        using var officer = privacy.Lawyer("privacy-officer", two);
        var asked = await lawyer.PostWithKeyAsync(
            Holds, new { reason = "case:2026-117", groups = new[] { "logs", "identity" }, until = "2099-01-01T00:00:00Z" });
        ((int)asked.StatusCode).ShouldBe(201, await asked.Content.ReadAsStringAsync(Token));
        var hold = asked.Headers.Location!.OriginalString;
        var id = Guid.Parse(hold[^36..]);
        (await AnswerAsync(lawyer, $"{hold}/approval")).ShouldBe((403, "second-person-required"));
        (await AnswerAsync(lawyer, $"{hold}/release")).ShouldBe((409, "hold-not-in-force"));
        ordered.ShouldBeEmpty("nothing is told before a second one has approved");

        for (var i = 0; i < 2; i++) (await AnswerAsync(officer, $"{hold}/approval")).ShouldBe((204, ""));
        await Until.TrueAsync(() => Task.FromResult(ordered.Count == 1), "it is ordered");
        var order = ordered.Single();
        order["groups"]!.AsArray().Select(group => (string)group!).ShouldBe(["identity", "logs"]);
        ((string)order["reason"]!, order["isHeld"]!.GetValue<bool>()).ShouldBe(("case:2026-117", true));
        var version = order["streamVersion"]!.GetValue<long>();
        await SayAsync<A.LegalHoldApplied>(wire, id, held: true, version, erased: "logs");
        await SayAsync<D.LegalHoldApplied>(wire, id, held: true, version);
        // An answer to something else than was ordered is no answer.
        await SayAsync<O.LegalHoldApplied>(wire, id, held: true, version + 9);
        await SayAsync<O.LegalHoldApplied>(wire, id, held: false, version);
        await Until.TrueAsync(async () => await HoldingAsync(officer) is ["accounts", "domains", "privacy"], "three hold to it");
        (await OneAsync(officer))["isEverywhere"]!.GetValue<bool>().ShouldBeFalse();
        await SayAsync<O.LegalHoldApplied>(wire, id, held: true, version);
        await Until.TrueAsync(
            async () => (await OneAsync(officer))["isEverywhere"]!.GetValue<bool>(), "it holds everywhere");
        (await OneAsync(officer))["services"]![0]!["erasedBefore"]!.AsArray().Select(group => (string)group!).ShouldBe(["logs"]);
        (await HeldHereAsync(privacy)).ShouldBe([DataGroup.Identity, DataGroup.Logs]);

        (await AnswerAsync(lawyer, $"{hold}/release/approval")).ShouldBe((409, "release-not-asked"));
        (await AnswerAsync(lawyer, $"{hold}/release")).ShouldBe((204, ""));
        (await AnswerAsync(lawyer, $"{hold}/release/approval")).ShouldBe((403, "second-person-required"));
        (await HeldHereAsync(privacy)).Length.ShouldBe(2, "asked for is not released");
        (await lawyer.DeleteAsync(hold + "/release", Token)).EnsureSuccessStatusCode();
        (await AnswerAsync(officer, $"{hold}/release/approval")).ShouldBe((409, "release-not-asked"), "it was taken back");
        ((string)(await OneAsync(officer))["state"]!).ShouldBe("held");
        (await AnswerAsync(lawyer, $"{hold}/release")).ShouldBe((204, ""));
        for (var i = 0; i < 2; i++) (await AnswerAsync(officer, $"{hold}/release/approval")).ShouldBe((204, ""));
        await Until.TrueAsync(() => Task.FromResult(ordered.Count == 2), "the end is ordered");
        ordered.Last()["isHeld"]!.GetValue<bool>().ShouldBeFalse();
        // What was answered to the beginning is no answer to the end.
        await SayAsync<A.LegalHoldApplied>(wire, id, held: true, version);
        await Until.TrueAsync(async () => await HoldingAsync(officer) is ["privacy"], "Privacy has let go");
        (await HeldHereAsync(privacy)).ShouldBeEmpty();
        ((string)(await OneAsync(officer))["state"]!).ShouldBe("released");
    }

    [Fact]
    public async Task Killed_when_the_vault_holds_and_that_is_not_recorded_it_is_done_again_and_held_once()
    {
        await using var scene = await StartAsync();
        var privacy = scene.Privacy;
        using var lawyer = privacy.Lawyer();
        using var officer = privacy.Lawyer("privacy-officer");
        // The database refuses the record, as if the process had been killed before the commit.
        await ExecuteAsync(privacy, """
            create function store.dies() returns trigger language plpgsql as $$ begin raise 'killed'; end $$;
            create trigger dies before insert on store.mt_events for each row
                when (new.type = 'hold_applied') execute function store.dies();
            """);
        var asked = await lawyer.PostWithKeyAsync(Holds, new { reason = "case:2026-117", groups = new[] { "logs" } });
        (await AnswerAsync(officer, $"{asked.Headers.Location!.OriginalString}/approval")).ShouldBe((204, ""));
        await Until.TrueAsync(async () => await HeldHereAsync(privacy) is [DataGroup.Logs], "the vault holds");
        (await HoldingAsync(officer)).ShouldBeEmpty("nobody has recorded it");

        await ExecuteAsync(privacy, "drop trigger dies on store.mt_events");

        await Until.TrueAsync(async () => await HoldingAsync(officer) is ["privacy"], "it is done again, and recorded");
        (await privacy.Services.GetRequiredService<Vault>().StateAsync(person, Token))
            .Single(state => state.Group == DataGroup.Logs).Holds.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"reason":"a long story"}""", 422, "reason-malformed")]
    [InlineData("""{"reason":"case:1","groups":["secrets"]}""", 422, "group-unknown")]
    [InlineData("""{"reason":"case:1","until":"2020-01-01T00:00:00Z"}""", 422, "end-in-past")]
    [InlineData("""{"groups":["logs"]}""", 400, "malformed-request")]
    [InlineData("""{"reason":"case:1","why":"because"}""", 400, "unknown-field")]
    public async Task What_makes_no_sense_is_refused_by_name(string body, int status, string code)
    {
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, cancellationToken: Token);
        await privacy.KnownAsync(person);
        using var lawyer = privacy.Lawyer();

        var answer = await lawyer.PostWithKeyAsync(Holds, JsonNode.Parse(body)!);
        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((status, code));

        var nobody = await lawyer.PostWithKeyAsync(
            $"/api/privacy/people/{Guid.CreateVersion7()}/holds", new { reason = "case:1" });
        ((int)nobody.StatusCode, await nobody.ProblemCodeAsync()).ShouldBe((404, "not-found"));
    }

    private async Task<Scene> StartAsync()
    {
        var host = await broker.CreateVirtualHostAsync(
            Topology.Render([PrivacyModule.Define(), .. OtherServices.All], "any"), Token);
        var wire = await Wire.ConnectAsync(host, Token);
        var ordered = await wire.HearAsync(LegalHoldOrdered.Name, Token);
        var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, host, cancellationToken: Token);
        await privacy.KnownAsync(person);
        return new Scene(privacy, wire, ordered);
    }

    private Task SayAsync<T>(Wire wire, Guid hold, bool held, long version, params string[] erased)
        where T : LegalHoldAnswer, IContract, new() => wire.PublishAsync(
            T.WireName,
            new T
            {
                HoldId = hold, AccountId = person, IsHeld = held, OrderVersion = version, ErasedBefore = erased,
                AppliedAt = DateTimeOffset.UtcNow, StreamVersion = 2,
            },
            Guid.CreateVersion7(),
            Token);

    private async Task<JsonObject> OneAsync(HttpClient staff) =>
        JsonNode.Parse(await staff.GetStringAsync(Holds, Token))!.AsArray().ShouldHaveSingleItem()!.AsObject();

    private async Task<string[]> HoldingAsync(HttpClient staff) =>
    [
        .. (await OneAsync(staff))["services"]!.AsArray()
            .Where(one => one!["since"] is not null).Select(one => (string)one!["service"]!),
    ];

    private async Task<DataGroup[]> HeldHereAsync(TestService privacy) =>
    [
        .. (await privacy.Services.GetRequiredService<Vault>().StateAsync(person, Token))
            .Where(state => state.Holds.Count > 0).Select(state => state.Group),
    ];

    private static async Task ExecuteAsync(TestService privacy, string statement)
    {
        await using var admin = NpgsqlDataSource.Create(privacy.Database.Admin);
        await using var command = admin.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static async Task<(int, string)> AnswerAsync(HttpClient staff, string path)
    {
        var answer = await staff.PostWithKeyAsync(path, new { });
        return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? "" : await answer.ProblemCodeAsync());
    }

    private sealed record Scene(TestService Privacy, Wire Wire, IReadOnlyCollection<JsonObject> Ordered) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Wire.DisposeAsync();
            await Privacy.DisposeAsync();
        }
    }
}
