using EPerfect.PersonalData;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace EPerfect.Accounts.Tests.Erasure;

/// <summary>What an erasure has to wait for, and how it goes on: copies of the keys, holds without an end, a kill half
/// way.</summary>
public sealed class WaitingForTheRest(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);

    [Fact, Control("M3")]
    public async Task Copies_of_the_keys_are_named_with_the_day_and_that_none_can_be_read_any_more_is_told_once()
    {
        await using var accounts = await StartAsync();
        var (account, _) = await Somebody.LivesAsync(accounts);
        var vault = accounts.Services.GetRequiredService<Vault>();
        var erasure = await accounts.OrderErasureAsync(account);
        var proof = await accounts.ErasedAsync(erasure);

        (proof.HeldBack.Count, proof.UnreadableInCopies).ShouldBe((0, false));
        proof.UnreadableInCopiesFrom!.Value.ShouldBe(clock.GetUtcNow() + (2 * Week), TimeSpan.FromMinutes(1));

        foreach (var epoch in (int[])[2, 3])
        {
            clock.Advance(Week);
            await Until.TrueAsync(async () => (await vault.ReportAsync(Token)).Epochs.Count == epoch, $"epoch {epoch} begins");
        }

        await Until.TrueAsync(
            async () => (await vault.ReportAsync(Token)).Epochs[0].DestroyedAt is not null, "the first epoch is destroyed");
        clock.Advance(TimeSpan.FromHours(2));
        await Until.TrueAsync(
            async () => (await accounts.ErasureAsync(erasure))?.Proven is { UnreadableInCopies: true }, "it is told");
        var last = (await accounts.ErasureAsync(erasure))!.Proven!;
        last.UnreadableInCopiesFrom!.Value.ShouldBeInRange(proof.ShreddedAt, proof.UnreadableInCopiesFrom.Value);
        (last.Search, last.ShreddedAt).ShouldBe((proof.Search, proof.ShreddedAt), "it is the same proof");
        clock.Advance(TimeSpan.FromDays(3));
        await Task.Delay(TimeSpan.FromSeconds(3), Token);
        var happened = await accounts.HappenedAsync(erasure);
        happened.Count(name => name == "personal_data_shredded").ShouldBe(2);
        happened.Count(name => name == "erasure_keys_destroyed").ShouldBe(1);
    }

    [Fact]
    public async Task Where_nothing_rotates_no_day_is_promised()
    {
        await using var accounts = await StartAsync(rotationDays: 0);
        var (account, _) = await Somebody.LivesAsync(accounts);

        var proof = await accounts.ErasedAsync(await accounts.OrderErasureAsync(account));

        (proof.UnreadableInCopies, proof.UnreadableInCopiesFrom).ShouldBe((false, null));
    }

    [Fact]
    public async Task A_hold_without_an_end_is_asked_about_every_day_and_told_of_only_when_something_has_changed()
    {
        await using var accounts = await StartAsync();
        var (account, _) = await Somebody.LivesAsync(accounts);
        var vault = accounts.Services.GetRequiredService<Vault>();
        var hold = new LegalHold(Guid.CreateVersion7(), account, DataGroup.Contact, "case:2026-119", until: null);
        await vault.HoldAsync(hold, Token);
        var erasure = await accounts.OrderErasureAsync(account);
        (await accounts.ErasedAsync(erasure)).HeldBack.ShouldHaveSingleItem().Until.ShouldBeNull();

        for (var day = 1; day <= 3; day++)
        {
            clock.Advance(TimeSpan.FromDays(1));
            await Until.TrueAsync(
                async () => await CountAsync(accounts, erasure, "erasure_unchanged") == day, $"it is asked on day {day}");
        }

        (await CountAsync(accounts, erasure, "personal_data_shredded")).ShouldBe(1);
        await vault.HoldAsync(
            new LegalHold(Guid.CreateVersion7(), account, DataGroup.Contact, "case:2026-120", until: null), Token);
        clock.Advance(TimeSpan.FromDays(1));
        await Until.TrueAsync(
            async () => (await accounts.ErasureAsync(erasure))?.Proven is { HeldBack.Count: 2 }, "another ground is told of");
        (await CountAsync(accounts, erasure, "personal_data_shredded")).ShouldBe(2);
    }

    [Fact]
    public async Task Killed_between_two_groups_it_goes_on_and_counts_each_key_once()
    {
        await using var database = await postgres.CreateDatabaseAsync("accounts", ct: Token);
        var erasure = Guid.CreateVersion7();
        await using (var killed = await StartAsync(database))
        {
            var (account, _) = await Somebody.LivesAsync(killed);
            await KeysAsync(database, """
                create function accounts.dies() returns trigger language plpgsql as $$ begin raise 'killed'; end $$;
                create trigger dies before update on accounts.subject_key for each row
                    when (new.grp = 2 and new.state = 'shredded') execute function accounts.dies();
                """);
            await killed.OrderErasureAsync(account, erasure);
            await Until.TrueAsync(async () => await ShreddedAsync(database) == 2, "one group is destroyed, of account and login");
            await Until.TrueAsync(
                () => Task.FromResult(killed.Log.Lines.Any(line => line.Contains("erase-person", StringComparison.Ordinal))),
                "and the next is not");
            (await killed.HappenedAsync(erasure)).ShouldNotContain("erasure_keys_destroyed");
        }

        await KeysAsync(database, "drop trigger dies on accounts.subject_key");
        clock.Advance(TimeSpan.FromMinutes(1));
        await using var again = await StartAsync(database);

        var proof = await again.ErasedAsync(erasure);
        proof.Groups.Where(group => group.Keys > 0).Select(group => (group.Group, group.Keys)).ShouldBe(
            [("identity", 2), ("contact", 1), ("billing", 1), ("communications", 1), ("logs", 1)]);
        proof.Removed.Single(rows => rows.What == "logins").Count.ShouldBe(1);
        (proof.Search.Plaintext, proof.Search.Readable, proof.Search.SearchedAgain).ShouldBe((0, 0, true));
        (await CountAsync(again, erasure, "erasure_keys_destroyed")).ShouldBe(1);
    }

    private Task<TestService> StartAsync(TestDatabase? database = null, int rotationDays = 7) => TestService.StartAsync(
        AccountsModule.Define(), postgres, database: database, clock: clock,
        configure: builder => builder.Configuration["PersonalData:RotationDays"] = $"{rotationDays}",
        cancellationToken: Token);

    private static async Task<int> CountAsync(TestService accounts, Guid erasure, string name) =>
        (await accounts.HappenedAsync(erasure)).Count(one => one == name);

    private static async Task<long> ShreddedAsync(TestDatabase database) => (long)(await KeysAsync(
        database,
        "select count(*) from accounts.subject_key where state = 'shredded' and created_at is not null and grp > 0"))!;

    private static async Task<object?> KeysAsync(TestDatabase database, string sql)
    {
        await using var keys = NpgsqlDataSource.Create(database.Keys);
        await using var command = keys.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Token);
    }
}
