using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace EPerfect.Accounts.Tests.Erasure;

/// <summary>What is found in one place may be accepted; that place alone, and no other.</summary>
public sealed class AcceptingWhatWasFound(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    /// <summary>The partition of streams that are not archived.</summary>
    private const string Events = "store.mt_events_default";

    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task An_accepted_place_stands_in_the_way_no_more_and_every_other_does_also_in_the_same_column()
    {
        await using var accounts = await TestService.StartAsync(
            AccountsModule.Define(), postgres, clock: clock, cancellationToken: Token);
        var (account, _) = await Somebody.LivesAsync(accounts);
        await PlantAsync(accounts, "update store.mt_events set headers = jsonb_build_object('note', $1::text) where seq_id < 3");
        var erasure = await accounts.OrderErasureAsync(account);
        var note = new FoundPlace("clear", Events, "headers", 2, "note");
        (await StoppedByAsync(accounts, erasure, times: 1)).ShouldBe([note]);
        await PlantAsync(
            accounts, "update store.mt_events set headers = jsonb_build_object('by', array[$1::text]) where seq_id = 3");
        await PlantAsync(accounts, "update store.mt_events set user_name = $1::text where seq_id = 1");

        await AcceptAsync(accounts, erasure, note);
        FoundPlace[] others =
        [
            note with { Rows = 1, Path = "by[]" },
            new("clear", Events, "user_name", 1),
        ];
        (await StoppedByAsync(accounts, erasure, times: 2)).ShouldBe(others, ignoreOrder: true);
        (await accounts.HappenedAsync(erasure)).ShouldNotContain("erasure_keys_destroyed");

        await AcceptAsync(accounts, erasure, others[1]);
        (await StoppedByAsync(accounts, erasure, times: 3)).ShouldBe([others[0]]);
        await AcceptAsync(accounts, erasure, others[0]);
        await AcceptAsync(accounts, erasure, others[0]);
        var proof = await accounts.ErasedAsync(erasure);

        proof.Accepted.ShouldBe([Accepted(note), Accepted(others[1]), Accepted(others[0])]);
        (proof.Search.Plaintext, proof.Search.SearchedAgain).ShouldBe((0, true));
        await AcceptAsync(accounts, erasure, note with { Table = "store.other" });
        (await accounts.HappenedAsync(erasure)).Count(name => name == "erasure_place_accepted").ShouldBe(3, "late, and twice");
    }

    private static AcceptedPlace Accepted(FoundPlace found) =>
        new(found.Table, found.Column, found.Path, found.Rows, "coincidence");

    /// <summary>As the message from Privacy does.</summary>
    private Task<Decision> AcceptAsync(TestService accounts, Guid erasure, FoundPlace found) =>
        accounts.Services.GetRequiredService<Writer>().WriteAsync(
            erasure,
            "test",
            (work, ct) => work.AcceptPlaceAsync(erasure, Accepted(found), clock.GetUtcNow(), ct),
            Token);

    private static async Task<IReadOnlyList<FoundPlace>> StoppedByAsync(TestService accounts, Guid erasure, int times)
    {
        await Until.TrueAsync(
            async () => (await accounts.HappenedAsync(erasure)).Count(name => name == "erasure_stopped") == times,
            $"it is stopped, {times} times");
        await using var session = accounts.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        return (await session.Events.FetchStreamAsync(erasure, token: Token))
            .Select(e => e.Data).OfType<ErasureStopped>().Last().Places;
    }

    private static async Task PlantAsync(TestService accounts, string sql)
    {
        await using var admin = NpgsqlDataSource.Create(accounts.Database.Admin);
        await using var command = admin.CreateCommand(sql);
        command.Parameters.AddWithValue(Somebody.Email);
        (await command.ExecuteNonQueryAsync(Token)).ShouldBeGreaterThan(0);
    }
}
