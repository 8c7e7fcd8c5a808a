using System.Net;
using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Mail;
using EPerfect.Accounts.Members;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Marten;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace EPerfect.Accounts.Tests.Erasure;

/// <summary>A person with an account, a login and all that hangs on it goes, and nothing readable stays.</summary>
public sealed class ErasingAPerson(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private const string Email = Somebody.Email;

    [Fact]
    public async Task All_keys_are_destroyed_all_that_lets_somebody_in_is_gone_and_the_search_says_so()
    {
        await using var accounts = await StartAsync();
        var (account, login) = await Somebody.LivesAsync(accounts);

        var proof = await accounts.ErasedAsync(await accounts.OrderErasureAsync(account));

        proof.HeldBack.ShouldBeEmpty();
        proof.Groups.Sum(group => group.Keys).ShouldBe(6, "identity, contact, billing; identity, logs, communications");
        var removed = proof.Removed.ToDictionary(rows => rows.What, rows => rows.Count, StringComparer.Ordinal);
        (removed["logins"], removed["activity"], removed["api-clients"]).ShouldBe((1, 1, 1));
        proof.Search.Texts.ShouldBeGreaterThan(5);
        (proof.Search.Plaintext, proof.Search.Readable, proof.Search.SearchedAgain).ShouldBe((0, 0, true));
        proof.Search.Unreadable.ShouldBeGreaterThan(3);
        for (var i = 0; i < 40 && await LiveKeysAsync(accounts) != ""; i++) await Task.Delay(250, Token);
        (await LiveKeysAsync(accounts)).ShouldBeEmpty($"no key of {account}, {login} is left, nor of who was invited");
        using var person = Somebody.Of(accounts, account, login);
        (await person.GetAsync($"/api/accounts/{account}", Token)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        await using var scope = accounts.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<Logins>().FindAsync(Email, Token)).ShouldBeNull();
        await Should.ThrowAsync<SubjectErasedException>(
            () => accounts.Services.GetRequiredService<MailQueue>().RequestAsync(new MailRequest("any", login, Email), Token));
        // Who comes back is somebody new.
        var (again, _) = await Somebody.LivesAsync(accounts);
        again.ShouldNotBe(account);
    }

    [Theory]
    [InlineData("update store.mt_events set headers = jsonb_build_object('note', $1::text) where seq_id = 1")]
    [InlineData("update store.mt_events set user_name = upper($1::text) where seq_id = 1")]
    [InlineData("update identity.migrations set \"ProductVersion\" = $1::text")]
    public async Task A_canary_in_an_unlikely_place_stops_it_before_anything_is_destroyed_and_it_goes_on_when_that_is_gone(
        string plant)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var accounts = await StartAsync(clock);
        var (account, _) = await Somebody.LivesAsync(accounts);
        await using var admin = NpgsqlDataSource.Create(accounts.Database.Admin);
        (await PlantAsync(admin, plant)).ShouldBeGreaterThan(0);

        var erasure = await accounts.OrderErasureAsync(account);
        await Until.TrueAsync(
            async () => (await accounts.HappenedAsync(erasure)).Contains("erasure_stopped"), "it is stopped");

        (await accounts.HappenedAsync(erasure)).ShouldNotContain("erasure_keys_destroyed");
        accounts.Log.Lines.ShouldContain(line => line.StartsWith("Critical", StringComparison.Ordinal));
        accounts.Log.Lines.ShouldAllBe(line => !line.Contains(Email, StringComparison.OrdinalIgnoreCase));
        await PlantAsync(admin, plant, value: "nothing");
        clock.Advance(TimeSpan.FromMinutes(11));
        (await accounts.ErasedAsync(erasure)).Search.Plaintext.ShouldBe(0);
    }

    [Fact]
    public async Task Killed_between_the_keys_and_the_report_it_goes_on_and_says_that_it_could_not_search_again()
    {
        await using var accounts = await StartAsync();
        var (account, login) = await Somebody.LivesAsync(accounts);
        var vault = accounts.Services.GetRequiredService<Vault>();
        var erasure = Guid.CreateVersion7();
        // What a process leaves that was killed after it destroyed the keys and before it stored that.
        foreach (var subject in (Guid[])[account, login])
            foreach (var group in Enum.GetValues<DataGroup>()) await vault.ShredAsync(subject, group, erasure, Token);
        var now = DateTimeOffset.UtcNow;
        await accounts.Services.GetRequiredService<Writer>().WriteAsync(
            erasure,
            "test",
            (work, _) =>
            {
                work.Start<PersonErasure>(
                    erasure, new ErasureReceived(erasure, account, now), new ErasureBegun([account, login], now),
                    new ErasureSearched(9, 30, 60, now));
                return Task.FromResult(Decision.Nothing);
            },
            Token);

        var proof = await accounts.ErasedAsync(erasure);

        proof.Groups.Sum(group => group.Keys).ShouldBe(6);
        (proof.Search.SearchedAgain, proof.Search.Texts).ShouldBe((false, 9));
        proof.Removed.Single(rows => rows.What == "logins").Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_turns_up_after_the_keys_are_gone_stops_it_too_and_it_is_searched_again_when_that_is_gone()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var accounts = await StartAsync(clock);
        var (account, login) = await Somebody.LivesAsync(accounts);
        var vault = accounts.Services.GetRequiredService<Vault>();
        var (search, erasure) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var lookedFor = await vault.SealAsync(search, new LookedFor([Email]), Token);
        await using var admin = NpgsqlDataSource.Create(accounts.Database.Admin);
        const string Plant = "update identity.migrations set \"ProductVersion\" = $1::text";
        await PlantAsync(admin, Plant);
        var now = clock.GetUtcNow();
        foreach (var subject in (Guid[])[account, login])
            foreach (var group in Enum.GetValues<DataGroup>()) await vault.ShredAsync(subject, group, erasure, Token);
        await accounts.Services.GetRequiredService<Writer>().WriteAsync(
            erasure,
            "test",
            (work, _) =>
            {
                work.Start<PersonErasure>(
                    erasure, new ErasureReceived(erasure, account, now), new ErasureBegun([account, login], now),
                    new ErasureSearched(1, 30, 60, now, lookedFor), new ErasureKeysDestroyed([], [], [], now));
                return Task.FromResult(Decision.Nothing);
            },
            Token);
        await Until.TrueAsync(
            async () => (await accounts.HappenedAsync(erasure)).Contains("erasure_stopped"), "it is stopped");
        (await vault.OpenAsync(lookedFor, Token)).ShouldBeOfType<Opened<LookedFor>.Clear>();

        await PlantAsync(admin, Plant, value: "nothing");
        clock.Advance(TimeSpan.FromMinutes(11));

        var proof = await accounts.ErasedAsync(erasure);
        (proof.Search.SearchedAgain, proof.Search.Plaintext, proof.Search.Readable).ShouldBe((true, 0, 0));
        (await vault.OpenAsync(lookedFor, Token)).ShouldBe(new Opened<LookedFor>.Erased());
    }

    [Fact]
    public async Task A_key_database_from_before_is_made_whole_again_before_the_service_answers()
    {
        await using var accounts = await StartAsync();
        var (account, login) = await Somebody.LivesAsync(accounts);
        await using var restored = await postgres.RestoreBackupAsync(accounts.Database, Token);
        await accounts.ErasedAsync(await accounts.OrderErasureAsync(account));
        (await KeysOfAsync(restored.Keys, account, login)).ShouldBe(6, "the backup has them back");

        await using var again = await TestService.StartAsync(
            AccountsModule.Define(), postgres, database: accounts.Database,
            configure: builder => builder.Configuration["ConnectionStrings:Keys"] = restored.Keys, cancellationToken: Token);

        (await KeysOfAsync(restored.Keys, account, login)).ShouldBe(0);
        again.Log.Lines.ShouldContain(line => line.Contains("destroyed again", StringComparison.Ordinal));
        var vault = again.Services.GetRequiredService<Vault>();
        await Should.ThrowAsync<SubjectErasedException>(
            () => vault.SealAsync(account, new LookedFor([Email]), Token), "not by accident either");
    }

    [Fact]
    public async Task Twice_and_two_at_once_are_like_once()
    {
        await using var accounts = await StartAsync();
        var (account, _) = await Somebody.LivesAsync(accounts);
        var first = Guid.CreateVersion7();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => accounts.OrderErasureAsync(account, first)));
        var second = await accounts.OrderErasureAsync(account);

        (await accounts.ErasedAsync(first)).Groups.Sum(group => group.Keys).ShouldBe(6);
        (await accounts.ErasedAsync(second)).HeldBack.ShouldBeEmpty();
        (await accounts.HappenedAsync(first)).Count(name => name == "personal_data_shredded").ShouldBe(1);
    }

    [Fact]
    public async Task A_legal_hold_keeps_a_group_with_its_ground_and_date_and_it_goes_when_the_hold_ends()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var accounts = await StartAsync(clock);
        var (account, _) = await Somebody.LivesAsync(accounts);
        var until = clock.GetUtcNow().AddDays(30);
        await accounts.Services.GetRequiredService<Vault>().HoldAsync(
            new LegalHold(Guid.CreateVersion7(), account, DataGroup.Contact, "case:2026-117", until), Token);

        var erasure = await accounts.OrderErasureAsync(account);
        var proof = await accounts.ErasedAsync(erasure);
        var held = proof.HeldBack.ShouldHaveSingleItem();
        (held.Group, held.Ground).ShouldBe(("contact", "case:2026-117"));
        held.Until!.Value.ShouldBe(until, TimeSpan.FromMilliseconds(1));
        proof.Search.Readable.ShouldBeGreaterThan(0);

        clock.Advance(TimeSpan.FromDays(31));
        await Until.TrueAsync(
            async () => (await accounts.ErasureAsync(erasure))?.Proven is { HeldBack.Count: 0 }, "the rest is erased");
        (await accounts.ErasureAsync(erasure))!.Proven!.Search.Readable.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_held_is_not_deleted_either_and_goes_when_it_is_released()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var accounts = await StartAsync(clock);
        var (account, login) = await Somebody.LivesAsync(accounts);
        var vault = accounts.Services.GetRequiredService<Vault>();
        LegalHold[] holds =
        [
            new(Guid.CreateVersion7(), login, DataGroup.Logs, "case:2026-118", null),
            new(Guid.CreateVersion7(), login, DataGroup.Identity, "case:2026-118", null),
        ];
        foreach (var hold in holds) (await vault.HoldAsync(hold, Token)).ShouldBeEmpty();

        var erasure = await accounts.OrderErasureAsync(account);
        var proof = await accounts.ErasedAsync(erasure);

        proof.HeldBack.Select(held => held.Group).Distinct().ShouldBe(["identity", "logs"], ignoreOrder: true);
        (await RowsAsync(accounts, login)).ShouldBe((1, 1));
        using (var held = accounts.Services.CreateScope())
        {
            var row = (await held.ServiceProvider.GetRequiredService<Logins>().OfAsync([login], Token)).ShouldHaveSingleItem();
            row.PasswordHash.ShouldBeNull("it opens nothing any more");
        }

        // As the operator's command does; the service looks every ten minutes.
        foreach (var hold in holds) (await vault.EndHoldAsync(hold.Id, Token)).ShouldBeTrue();
        clock.Advance(TimeSpan.FromMinutes(11));
        await Until.TrueAsync(
            async () => (await accounts.ErasureAsync(erasure))?.Proven is { HeldBack.Count: 0 }, "the rest is erased");
        (await RowsAsync(accounts, login)).ShouldBe((0, 0));
        (await accounts.ErasureAsync(erasure))!.Proven!.Removed.Single(rows => rows.What == "logins").Count.ShouldBe(1);
    }

    private static async Task<(int Logins, int Activity)> RowsAsync(TestService accounts, Guid login)
    {
        await using var scope = accounts.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDatabase>();
        return (
            (await database.Users.Where(one => one.Id == login).Select(one => one.Id).ToArrayAsync(Token)).Length,
            (await database.Activity.Where(one => one.LoginId == login).Select(one => one.At).ToArrayAsync(Token)).Length);
    }

    [Fact]
    public async Task A_login_that_is_in_use_elsewhere_stays_and_its_account_goes()
    {
        await using var accounts = await StartAsync();
        var (account, login) = await Somebody.LivesAsync(accounts);
        await using (var session = accounts.Services.GetRequiredService<IDocumentStore>().LightweightSession())
        {
            session.Insert(Membership.Of(login, Guid.CreateVersion7(), "billing"));
            await session.SaveChangesAsync(Token);
        }

        var proof = await accounts.ErasedAsync(await accounts.OrderErasureAsync(account));

        proof.Removed.ShouldNotContain(rows => rows.What == "logins");
        await using var scope = accounts.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<Logins>().FindAsync(Email, Token)).ShouldNotBeNull();
    }

    private Task<TestService> StartAsync(TimeProvider? clock = null) =>
        TestService.StartAsync(AccountsModule.Define(), postgres, clock: clock, cancellationToken: Token);

    private static async Task<int> PlantAsync(NpgsqlDataSource admin, string sql, string value = Email)
    {
        await using var command = admin.CreateCommand(sql);
        command.Parameters.AddWithValue(value);
        return await command.ExecuteNonQueryAsync(Token);
    }

    private static async Task<long> KeysOfAsync(string connection, params Guid[] subjects)
    {
        await using var keys = NpgsqlDataSource.Create(connection);
        await using var command = keys.CreateCommand(
            "select count(*) from accounts.subject_key where state <> 'shredded' and subject_id = any ($1)");
        command.Parameters.AddWithValue(subjects);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    private static async Task<string> LiveKeysAsync(TestService accounts)
    {
        await using var keys = NpgsqlDataSource.Create(accounts.Database.Keys);
        await using var command = keys.CreateCommand(
            // Group 0 is the service's own.
            "select string_agg(concat_ws(' ', subject_id, grp, ver), '; ') from accounts.subject_key "
            + "where state <> 'shredded' and grp > 0");
        return await command.ExecuteScalarAsync(Token) as string ?? "";
    }
}
