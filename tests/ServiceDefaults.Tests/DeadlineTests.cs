using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.ServiceDefaults.Tests;

public sealed class DeadlineTests(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_something_due_at_once_Then_it_is_done_once_and_is_due_no_more()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var id = await Open(service, "check me");

        await Until.TrueAsync(async () => (await service.TallyAsync(id)).Checks == 1, "the tally is checked");

        await Until.TrueAsync(async () => await Rows(service) == 0, "nothing is due");
        service.Services.GetRequiredService<CheckLedger>().Asked.ShouldBe(1);
    }

    [Theory]
    [InlineData("check me", -1, true)]
    [InlineData("check me", 3600, false)]
    [InlineData("leave me", -1, false)]
    public async Task Who_runs_deadlines_is_woken_for_what_is_due_and_for_nothing_else(string name, int seconds, bool woken)
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var store = service.Services.GetRequiredService<IDocumentStore>();
        var (id, at) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow.AddSeconds(seconds));
        await using var attempt = new CommitAttempt(
            store.LightweightSession(), Sender.Define(), TimeProvider.System, exclusively: false);

        await attempt.RunAsync([new Unit(CommandContext.For("test"), id, (work, _) =>
        {
            work.Start<Tally>(id, new TallyOpened(id, name, at));
            return Task.FromResult(Answer.Done);
        })]);

        attempt.HasDue.ShouldBe(woken);
    }

    [Fact]
    public async Task Given_a_handler_that_fails_Then_it_runs_again_after_the_lease()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        service.Services.GetRequiredService<CheckLedger>().FailFirst = 1;
        var id = await Open(service, "check me");

        await Until.TrueAsync(async () => (await service.TallyAsync(id)).Checks == 1, "the tally is checked");

        service.Services.GetRequiredService<CheckLedger>().Asked.ShouldBe(2);
    }

    [Fact]
    public async Task Given_two_instances_When_much_is_due_Then_each_is_done_once()
    {
        await using var first = await TestService.StartAsync(Sender.Define(), postgres);
        await using var second = await TestService.StartAsync(Sender.Define(), postgres, database: first.Database);

        var ids = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Open(i % 2 == 0 ? first : second, $"check {i}")));
        await Until.TrueAsync(async () => await Rows(first) == 0, "nothing is due");

        foreach (var id in ids) (await first.TallyAsync(id)).Checks.ShouldBe(1);
        var asked = new[] { first, second }.Sum(s => s.Services.GetRequiredService<CheckLedger>().Asked);
        asked.ShouldBeGreaterThanOrEqualTo(60);
    }

    [Fact]
    public async Task Given_a_kind_that_only_a_newer_version_knows_Then_it_stays_free_for_that_and_is_told_as_overdue()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        await using (var newer = service.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("""
            insert into store.deadlines (stream_id, kind, argument, due)
            values (gen_random_uuid(), 'newer', '', now() - interval '1 minute')
            """))
            await newer.ExecuteNonQueryAsync(Token);

        await Open(service, "check me");
        await Until.TrueAsync(async () => await Rows(service) == 1, "what is known here is done");

        (await Dump(service, "claimed_until is null")).ShouldHaveSingleItem();
        var told = await service.Services.GetServices<IMeasure>().OfType<DeadlineMeasure>().Single().ReadAsync(Token);
        told.ShouldContain(one => one.Gauge.Name == "eperfect.deadlines.overdue"
            && Equals(one.Tags.Single().Value, "newer") && one.Value == 1);
    }

    [Fact]
    public async Task Given_deadlines_When_the_projection_is_dropped_and_rebuilt_Then_they_are_the_same()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        service.Services.GetRequiredService<CheckLedger>().FailFirst = int.MaxValue;
        for (var i = 0; i < 5; i++) await Open(service, $"check {i}");
        await Open(service, "plain");
        var before = await Dump(service);

        await DropAsync(service);
        (await Dump(service)).ShouldBeEmpty();
        var store = service.Services.GetRequiredService<IDocumentStore>();
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync(DeadlineTable.Name, Token);

        before.Count.ShouldBe(5);
        (await Dump(service)).ShouldBe(before);
    }

    private static async Task DropAsync(TestService service)
    {
        await using var connection = new NpgsqlConnection(service.Database.Admin);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand("delete from store.deadlines", connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    [Fact]
    public async Task Given_a_table_that_was_full_and_is_empty_Then_a_deadline_is_still_found_by_its_key()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var database = service.Services.GetRequiredService<NpgsqlDataSource>();
        await ExecuteAsync("""
            insert into store.deadlines (stream_id, kind, argument, due)
            select gen_random_uuid(), 'check-tally', '', now() + interval '1 day' from generate_series(1, 2000)
            """);
        await ExecuteAsync("delete from store.deadlines");
        await ExecuteAsync("vacuum analyze store.deadlines");

        await using var explain = database.CreateCommand($"""
            explain delete from store.deadlines where stream_id = '{Guid.Empty}' and kind = 'a' and argument = ''
            """);
        var plan = new List<string>();
        await using (var rows = await explain.ExecuteReaderAsync(Token))
            while (await rows.ReadAsync(Token)) plan.Add(rows.GetString(0));

        string.Join('\n', plan).ShouldContain("Index Scan");

        async Task ExecuteAsync(string sql)
        {
            await using var command = database.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(Token);
        }
    }

    private static async Task<Guid> Open(TestService service, string name)
    {
        var answer = await service.Client.PostWithKeyAsync("/api/tallies", new { name });
        return (await answer.JsonAsync())["id"]!.GetValue<Guid>();
    }

    private static async Task<int> Rows(TestService service) => (await Dump(service)).Count;

    private static async Task<List<string>> Dump(TestService service, string which = "true")
    {
        await using var connection = new NpgsqlConnection(service.Database.Admin);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(
            $"select concat(stream_id, kind, argument, due, trace_parent) from store.deadlines where {which} order by 1",
            connection);
        await using var rows = await command.ExecuteReaderAsync(Token);
        var lines = new List<string>();
        while (await rows.ReadAsync(Token)) lines.Add(rows.GetString(0));
        return lines;
    }
}
