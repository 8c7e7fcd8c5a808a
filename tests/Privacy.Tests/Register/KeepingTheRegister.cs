using System.Security.Cryptography;
using EPerfect.Contracts.Privacy;
using EPerfect.Privacy.Policy;
using EPerfect.Privacy.Register.Checkpoints;
using EPerfect.Privacy.Register.Keys;
using EPerfect.Privacy.Register.Offline;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using static EPerfect.Privacy.Tests.Register.RegisterService;
using A = EPerfect.Contracts.Accounts;
using D = EPerfect.Contracts.Domains;

namespace EPerfect.Privacy.Tests.Register;

/// <summary>Several instances, the hour, the broker, a hand in the database: the register keeps one story.</summary>
public sealed class KeepingTheRegister(PostgresServer postgres, BrokerServer broker)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Openings_told_over_the_broker_late_and_twice_stand_in_the_register_once()
    {
        var host = await broker.CreateVirtualHostAsync(
            Topology.Render([PrivacyModule.Define(), .. OtherServices.All], "any"), Token);
        await using var wire = await Wire.ConnectAsync(host, Token);
        await using var privacy = await StartAsync(host: host);
        var (one, repeat) = (Opened(Guid.CreateVersion7()), Guid.CreateVersion7());
        var other = new D.PersonalDataOpened(
            Guid.CreateVersion7(), one.AccountId, one.Actor, "technical", ["contact"], "membership", "role:technical",
            "ReadContact", one.OpenedAt.AddDays(-1), 1);

        await wire.PublishAsync(A.PersonalDataOpened.Name, one, repeat, Token);
        await wire.PublishAsync(A.PersonalDataOpened.Name, one, repeat, Token);
        await wire.PublishAsync(A.PersonalDataOpened.Name, one, Guid.CreateVersion7(), Token);
        await wire.PublishAsync(D.PersonalDataOpened.Name, other, Guid.CreateVersion7(), Token);
        await privacy.UntilEnteredAsync(2);
        for (var i = 0; i < 5; i++)
            await wire.PublishAsync(A.PersonalDataOpened.Name, Opened(Guid.CreateVersion7()), Guid.CreateVersion7(), Token);
        await privacy.UntilEnteredAsync(7);

        (await privacy.TreeAsync()).Size.ShouldBe(7);
        using var person = privacy.As(privacy.Issuer.Owner(one.AccountId));
        var own = await (await person.GetAsync($"/api/privacy/people/{one.AccountId}/openings", Token)).JsonAsync();
        own["items"]!.AsArray().Select(entry => (string)entry!["service"]!).ShouldBe(["accounts", "domains"]);
    }

    [Fact, Control("S9")]
    public async Task Given_it_is_told_for_the_registers_key_Then_the_person_reads_who_and_why_and_the_queue_none_of_it()
    {
        var host = await broker.CreateVirtualHostAsync(
            Topology.Render([PrivacyModule.Define(), .. OtherServices.All], "any"), Token);
        await using var wire = await Wire.ConnectAsync(host, Token);
        var published = await wire.HearAsync(OpeningKeyPublished.Name, Token);
        var queued = await wire.HearAsync(D.PersonalDataOpenedV2.Name, Token);
        await using var privacy = await StartAsync(host: host);
        await Until.TrueAsync(() => Task.FromResult(published.Count == 1), "the key is published at the first start");
        var key = TestOpeningKey.Heard(published.Single());
        var (id, account) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var details = new OpeningDetails(
            "user/someone", "staff/support", ["contact"], "support", "ticket:998877665", "ReadContact");
        var message = new D.PersonalDataOpenedV2
        {
            OpeningId = id,
            AccountId = account,
            Details = OpeningCipher.Encrypt(details, id, key),
            OpenedAt = DateTimeOffset.UtcNow,
            StreamVersion = 1,
        };

        await wire.PublishAsync(D.PersonalDataOpenedV2.Name, message, Guid.CreateVersion7(), Token);
        await wire.PublishAsync(D.PersonalDataOpenedV2.Name, message, Guid.CreateVersion7(), Token);
        await wire.PublishAsync(
            D.PersonalDataOpenedV2.Name,
            message with { OpeningId = Guid.CreateVersion7(), Details = null },
            Guid.CreateVersion7(),
            Token);
        await privacy.UntilEnteredAsync(2);

        using var person = privacy.As(privacy.Issuer.Owner(account));
        var read = await person.GetAsync($"/api/privacy/people/{account}/openings", Token);
        var own = (await read.JsonAsync())["items"]!.AsArray();
        own.Count.ShouldBe(2, "told twice it stands there once");
        var entry = own.Single(one => (string?)one!["openingId"] == id.ToString("D"))!;
        ((string?)entry["actor"], (string?)entry["ground"], (string?)entry["service"])
            .ShouldBe(("user/someone", "ticket:998877665", "domains"));
        await Until.TrueAsync(() => Task.FromResult(queued.Count == 3), "all went through the broker");
        foreach (var word in (string[])["someone", "staff", "support", "998877665", "ReadContact"])
            string.Concat(queued.Select(one => one.ToJsonString())).ShouldNotContain(word);
        foreach (var word in (string[])["user/someone", "998877665"])
            (await DatabaseText.TablesWithAsync(privacy.Database.Admin, word, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_details_of_another_opening_or_for_another_key_Then_they_do_not_open()
    {
        await using var privacy = await StartAsync();
        var ring = privacy.Services.GetRequiredService<OpeningKeyRing>();
        var key = (await KeysOfAsync(privacy))[^1].ToPublic();
        var id = Guid.CreateVersion7();
        var details = new OpeningDetails("user/a", "billing", [], "membership", "role:billing", "R");
        var right = OpeningCipher.Encrypt(details, id, key);
        var stranger = OpeningCipher.Encrypt(details, id, TestOpeningKey.Make().Key);

        (await ring.OpenAsync(id, right, Token)).Actor.ShouldBe("user/a");
        foreach (var (opening, jwe) in (IEnumerable<(Guid, string)>)
            [(Guid.CreateVersion7(), right), (id, stranger), (id, right[..^4] + "AAAA"), (id, "no"), (id, "")])
            await Should.ThrowAsync<CryptographicException>(ring.OpenAsync(opening, jwe, Token));
    }

    [Fact]
    public async Task Given_two_start_at_once_Then_there_is_one_key_and_after_a_year_a_second_that_leaves_the_first_readable()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        await using var one = await StartAsync(database, clock: clock);
        await using var other = await StartAsync(database, clock: clock);
        var id = Guid.CreateVersion7();
        var details = new OpeningDetails("user/a", "billing", [], "membership", "role:billing", "R");
        var first = (await KeysOfAsync(other)).ShouldHaveSingleItem();
        var early = OpeningCipher.Encrypt(details, id, first.ToPublic());

        clock.Advance(TimeSpan.FromDays(366));
        await Task.WhenAll(
            one.Services.GetRequiredService<OpeningKeyRing>().RenewAsync(Token),
            other.Services.GetRequiredService<OpeningKeyRing>().RenewAsync(Token));

        (await KeysOfAsync(one)).Count.ShouldBe(2);
        (await one.Services.GetRequiredService<OpeningKeyRing>().OpenAsync(id, early, Token)).Role.ShouldBe("billing");
    }

    private static async Task<IReadOnlyList<OpeningKeyMade>> KeysOfAsync(TestService privacy)
    {
        await using var scope = privacy.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<Reader>()
            .LatestAsync<OpeningKeys>(OwnStreams.OpeningKeys, Token))!.All;
    }

    [Fact]
    public async Task Two_instances_keep_one_register()
    {
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        await using var one = await StartAsync(database);
        await using var other = await StartAsync(database);

        await Task.WhenAll(Enumerable.Range(0, 60)
            .Select(i => (i % 2 == 0 ? one : other).TellAsync(Opened(Guid.CreateVersion7()))));
        await one.UntilEnteredAsync(60);
        await Task.WhenAll(one.SignAsync(), other.SignAsync());

        (await one.TreeAsync()).Size.ShouldBe(60);
        var verifier = new RegisterVerifier(await one.KeysAsync());
        (await verifier.CheckAsync(new MemoryStream(await other.ExportAsync()))).ShouldBeNull();
        verifier.Newest!.Size.ShouldBe(60);
    }

    [Fact]
    public async Task Every_hour_it_is_signed_without_being_asked()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var privacy = await StartAsync(clock: clock);
        await privacy.TellAsync(2);
        await UntilSignedAsync(privacy, _ => true, "the first checkpoint is made at once");

        await privacy.TellAsync(3);
        clock.Advance(TimeSpan.FromMinutes(61));
        await UntilSignedAsync(privacy, sizes => sizes[0] == 5, "what came is signed for within the hour");
        var before = (await SizesAsync(privacy)).Count;
        clock.Advance(TimeSpan.FromMinutes(61));
        await UntilSignedAsync(privacy, sizes => sizes.Count > before, "an hour in which nothing came is signed too");

        (await SizesAsync(privacy))[0].ShouldBe(5);
        var verifier = new RegisterVerifier(await privacy.KeysAsync());
        (await verifier.CheckAsync(new MemoryStream(await privacy.ExportAsync()))).ShouldBeNull();
    }

    [Fact]
    public async Task Given_reports_of_checks_came_before_the_first_opening_Then_the_register_is_signed()
    {
        await using var privacy = await StartAsync();
        using var operating = privacy.As(privacy.Issuer.Token(staff: ["operator"]));
        var controls = Controls.Shipped();
        CheckOutcome[] outcomes = [new(controls.Of("S5")[0], Passed: true)];
        var run = new { ranAt = DateTimeOffset.UtcNow, release = controls.Release, outcomes };
        (await operating.PutAsync("/api/privacy/policy/results", run)).EnsureSuccessStatusCode();

        await privacy.TellAsync(2);

        await UntilSignedAsync(privacy, _ => true, "the first checkpoint is made at once");
        (await privacy.SignAsync())["size"]!.GetValue<long>().ShouldBe(2);
    }

    [Fact, Control("S10")]
    public async Task Given_a_hand_in_the_database_Then_nothing_that_contradicts_is_signed_and_the_export_names_the_entry()
    {
        await using var privacy = await StartAsync();
        await privacy.TellAsync(5);
        await privacy.SignAsync();
        await ExecuteAsync(privacy, """
            update store.register_leaves set leaf = replace(leaf, 'accounts', 'accountz') where leaf_index = 3
            """);

        var verifier = new RegisterVerifier(await privacy.KeysAsync());
        var fault = await verifier.CheckAsync(new MemoryStream(await privacy.ExportAsync()));

        fault!.Index.ShouldBe(3);
        await ExecuteAsync(privacy, "update store.register_nodes set hash = sha256('x') where level = 2");
        await using var scope = privacy.Services.CreateAsyncScope();
        var last = (await scope.ServiceProvider.GetRequiredService<Reader>()
            .LatestAsync<CheckpointLog>(CheckpointLog.StreamId, Token))!.Last;
        await Should.ThrowAsync<RegisterContradictedException>(
            privacy.Services.GetRequiredService<CheckpointMaker>().NextAsync(last, Token));
    }

    private static Task UntilSignedAsync(TestService privacy, Func<IReadOnlyList<long>, bool> holds, string what) =>
        Until.TrueAsync(
            async () => await SizesAsync(privacy) is { Count: > 0 } sizes && holds(sizes), what);

    private static async Task<IReadOnlyList<long>> SizesAsync(TestService privacy) =>
    [
        .. (await privacy.GetAsync("/api/privacy/register/checkpoints"))["items"]!.AsArray()
            .Select(checkpoint => checkpoint!["size"]!.GetValue<long>()),
    ];

    private static async Task ExecuteAsync(TestService privacy, string sql)
    {
        await using var source = NpgsqlDataSource.Create(privacy.Database.Admin);
        await using var command = source.CreateCommand(sql);
        (await command.ExecuteNonQueryAsync(Token)).ShouldBeGreaterThan(0);
    }

    private Task<TestService> StartAsync(
        TestDatabase? database = null, TestVirtualHost? host = null, TimeProvider? clock = null) => TestService.StartAsync(
            PrivacyModule.Define(), postgres, host, database, clock, cancellationToken: Token);
}
