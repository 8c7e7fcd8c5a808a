using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>A rule removes what is over, once, and says how much.</summary>
public sealed class RetentionRunTests(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact, Control("M11")]
    public async Task What_is_over_is_gone_and_the_count_is_an_event()
    {
        await using var service = await StartAsync();
        await WriteAsync(service, old: 3, young: 2);

        await RunAsync(service);
        await RunAsync(service);

        (await CountAsync(service, "select count(*) from store.entries")).ShouldBe(2);
        var history = await HistoryAsync(service);
        (history.Runs, history.Removed).ShouldBe((1, 3));
    }

    [Fact]
    public void A_receipt_outlasts_whatever_may_be_given_back_from_an_error_queue()
    {
        var failed = SweepErrorQueues.Rule.EndFrom(DateTimeOffset.UnixEpoch);
        Receipt.Retention.EndFrom(DateTimeOffset.UnixEpoch).ShouldBeGreaterThan(failed + TimeSpan.FromDays(7));
    }

    [Fact]
    public async Task Where_nothing_was_over_nothing_is_told()
    {
        await using var service = await StartAsync();
        await WriteAsync(service, old: 0, young: 1);

        await RunAsync(service);

        await using var session = service.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        (await session.Events.FetchStreamStateAsync(Stream, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_two_instances_that_run_at_once_each_entry_is_counted_by_one()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync(first.Database);
        await WriteAsync(first, old: 50, young: 0);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => RunAsync(n % 2 == 0 ? first : second)));

        (await CountAsync(first, "select count(*) from store.entries")).ShouldBe(0);
        (await HistoryAsync(first)).Removed.ShouldBe(50);
    }

    [Fact]
    public async Task Killed_after_the_removal_and_before_the_event_the_next_run_tells_it()
    {
        await using var service = await StartAsync();
        await RunAsync(service);
        await ExecuteAsync(service, "update store.retention_runs set removed = 7 where rule = 'entries'");

        await RunAsync(service);
        await RunAsync(service);

        (await HistoryAsync(service)).Removed.ShouldBe(7);
    }

    [Fact]
    public async Task A_sweep_that_fails_keeps_no_other_from_running_and_is_seen_when_it_is_late()
    {
        var clock = new TurnedClock();
        await using var service = await StartAsync(clock: clock);
        await RunAsync(service);
        (await HealthAsync(service)).ShouldContain("\"retention\":{\"status\":\"Healthy\"");
        await ExecuteAsync(service, "drop table store.entries");
        clock.Turn(TimeSpan.FromHours(2));

        await Should.ThrowAsync<AggregateException>(() => RunAsync(service));

        var health = await HealthAsync(service);
        health.ShouldContain("\"retention\":{\"status\":\"Degraded\"");
        health.ShouldContain("\"entries\"");
        health.ShouldNotContain("\"receipts\"");
        var told = await service.Services.GetServices<IMeasure>().OfType<RetentionMeasure>().Single().ReadAsync(Token);
        told.Single(one => Equals(one.Tags[0].Value, "entries")).Value.ShouldBe(7200, tolerance: 60);
        told.Single(one => Equals(one.Tags[0].Value, "receipts")).Value.ShouldBe(0, tolerance: 60);
    }

    private static Guid Stream => RetentionHistory.StreamOf(SweepEntries.Rule.Rule);

    private async Task<TestService> StartAsync(TestDatabase? database = null, TimeProvider? clock = null)
    {
        var service = await TestService.StartAsync(
            Notes.Define().Retains<SweepEntries>(SweepEntries.Rule), postgres, database: database, clock: clock);
        await ExecuteAsync(service, "create table if not exists store.entries (at timestamptz not null)");
        return service;
    }

    private static Task RunAsync(TestService service) =>
        service.Services.GetRequiredService<RetentionSweeper>().RunAsync(Token);

    private static Task WriteAsync(TestService service, int old, int young) => ExecuteAsync(
        service,
        $"insert into store.entries select now() - interval '25 hours' from generate_series(1, {old}) "
        + $"union all select now() - interval '23 hours' from generate_series(1, {young})");

    private static async Task<RetentionHistory> HistoryAsync(TestService service)
    {
        await using var session = service.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        return (await session.Events.FetchLatest<RetentionHistory>(Stream, Token))!;
    }

    private static async Task<string> HealthAsync(TestService service) =>
        await (await service.Client.GetAsync("/health/ready", Token)).Content.ReadAsStringAsync(Token);

    private static async Task ExecuteAsync(TestService service, string sql)
    {
        await using var command = service.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static async Task<long> CountAsync(TestService service, string sql)
    {
        await using var command = service.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
