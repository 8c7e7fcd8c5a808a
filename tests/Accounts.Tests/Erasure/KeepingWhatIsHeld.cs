using EPerfect.PersonalData;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace EPerfect.Accounts.Tests.Erasure;

/// <summary>What a legal hold keeps of a person who is erased stays until the hold ends, whatever happens meanwhile.</summary>
public sealed class KeepingWhatIsHeld(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task A_restart_destroys_nothing_that_is_held_of_one_id_although_the_same_group_of_another_is_gone()
    {
        await using var database = await postgres.CreateDatabaseAsync("accounts", ct: Token);
        Guid account, login, erasure;
        var hold = Guid.CreateVersion7();
        await using (var before = await StartAsync(database))
        {
            (account, login) = await Somebody.LivesAsync(before);
            await before.Services.GetRequiredService<Vault>().HoldAsync(
                new LegalHold(hold, login, DataGroup.Identity, "case:2026-118", until: null), Token);
            erasure = await before.OrderErasureAsync(account);
            (await before.ErasedAsync(erasure)).HeldBack.ShouldHaveSingleItem().Group.ShouldBe("identity");
            (await StandingAsync(before, account)).ShouldBe(KeyStanding.Shredded);
        }

        await using var again = await StartAsync(database);

        (await StandingAsync(again, login)).ShouldBe(KeyStanding.Active);
        (await StandingAsync(again, account)).ShouldBe(KeyStanding.Shredded);
        var vault = again.Services.GetRequiredService<Vault>();
        (await vault.EndHoldAsync(hold, Token)).ShouldBeTrue();
        clock.Advance(TimeSpan.FromMinutes(11));
        await Until.TrueAsync(
            async () => (await again.ErasureAsync(erasure))?.Proven is { HeldBack.Count: 0 }, "the rest is erased");
        (await StandingAsync(again, login)).ShouldBe(KeyStanding.Shredded);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task What_was_held_is_searched_for_in_clear_before_and_after_it_is_destroyed_however_the_hold_ends(bool byItself)
    {
        await using var database = await postgres.CreateDatabaseAsync("accounts", ct: Token);
        await using var accounts = await StartAsync(database);
        var (account, login) = await Somebody.LivesAsync(accounts);
        var vault = accounts.Services.GetRequiredService<Vault>();
        var hold = new LegalHold(
            Guid.CreateVersion7(), login, DataGroup.Identity, "case:2026-118", byItself ? clock.GetUtcNow().AddDays(9) : null);
        await vault.HoldAsync(hold, Token);
        var erasure = await accounts.OrderErasureAsync(account);
        var first = await accounts.ErasedAsync(erasure);
        await PlantAsync(database, Somebody.Email);

        if (!byItself) (await vault.EndHoldAsync(hold.Id, Token)).ShouldBeTrue();
        clock.Advance(byItself ? TimeSpan.FromDays(9) : TimeSpan.FromMinutes(11));
        await Until.TrueAsync(
            async () => (await accounts.HappenedAsync(erasure)).Contains("erasure_stopped"), "what is in clear stops it");
        (await StandingAsync(accounts, login)).ShouldBe(KeyStanding.Active, "or nobody could look for it again");

        await PlantAsync(database, "nothing");
        clock.Advance(TimeSpan.FromMinutes(11));
        await Until.TrueAsync(
            async () => (await accounts.ErasureAsync(erasure))?.Proven is { HeldBack.Count: 0 }, "the rest is erased");
        var last = (await accounts.ErasureAsync(erasure))!.Proven!;
        (last.Search.Texts, last.Search.SearchedAgain, last.Search.Readable).ShouldBe((first.Search.Texts, true, 0));
        (await StandingAsync(accounts, login)).ShouldBe(KeyStanding.Shredded);
        var happened = await accounts.HappenedAsync(erasure);
        happened.Count(name => name == "erasure_searched").ShouldBe(2);
        happened.Count(name => name == "erasure_hold_ended").ShouldBeLessThan(2, "told once, however long it is stopped");
    }

    [Fact]
    public async Task Killed_between_the_end_of_a_hold_and_what_follows_it_goes_on_and_nothing_is_destroyed_unsearched()
    {
        await using var database = await postgres.CreateDatabaseAsync("accounts", ct: Token);
        await using var accounts = await StartAsync(database);
        var (account, login) = await Somebody.LivesAsync(accounts);
        var vault = accounts.Services.GetRequiredService<Vault>();
        var hold = new LegalHold(Guid.CreateVersion7(), login, DataGroup.Identity, "case:2026-118", until: null);
        await vault.HoldAsync(hold, Token);
        var erasure = await accounts.OrderErasureAsync(account);
        await accounts.ErasedAsync(erasure);
        await ExecuteAsync(database, """
            create function store.dies() returns trigger language plpgsql as $$ begin raise 'killed'; end $$;
            create trigger dies before insert on store.mt_events_default for each row
                when (new.type = 'erasure_hold_ended') execute function store.dies();
            """);

        await vault.EndHoldAsync(hold.Id, Token);
        clock.Advance(TimeSpan.FromMinutes(11));
        await Until.TrueAsync(
            () => Task.FromResult(accounts.Log.Lines.Any(line => line.Contains("looked after", StringComparison.Ordinal))),
            "it has tried");
        (await StandingAsync(accounts, login)).ShouldBe(KeyStanding.Active);
        await ExecuteAsync(database, "drop trigger dies on store.mt_events_default");
        clock.Advance(TimeSpan.FromMinutes(11));

        await Until.TrueAsync(
            async () => (await accounts.ErasureAsync(erasure))?.Proven is { HeldBack.Count: 0 }, "the rest is erased");
        (await accounts.ErasureAsync(erasure))!.Proven!.Search.SearchedAgain.ShouldBeTrue();
    }

    private Task<TestService> StartAsync(TestDatabase database) => TestService.StartAsync(
        AccountsModule.Define(), postgres, database: database, clock: clock, cancellationToken: Token);

    private static async Task<KeyStanding> StandingAsync(TestService accounts, Guid subject) =>
        (await accounts.Services.GetRequiredService<Vault>().StateAsync(subject, Token))
            .Single(state => state.Group == DataGroup.Identity).Keys;

    private static async Task PlantAsync(TestDatabase database, string value) =>
        await ExecuteAsync(database, $"update identity.migrations set \"ProductVersion\" = '{value}'");

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var admin = NpgsqlDataSource.Create(database.Admin);
        await using var command = admin.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
