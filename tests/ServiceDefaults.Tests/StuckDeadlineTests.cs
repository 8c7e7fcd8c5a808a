using System.Net;
using System.Net.Http.Json;
using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>What is stuck and why, what falls due soon, and one more try at once.</summary>
public sealed class StuckDeadlineTests(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_failed_is_told_with_its_cause_and_resumed_it_is_tried_at_once_and_done_once()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        service.Services.GetRequiredService<CheckLedger>().FailFirst = 1;
        var id = await OpenAsync(service);
        var stuck = await StuckAsync(service, one => one.Failures == 1);

        (stuck.StreamId, stuck.Kind, stuck.LastFailure, stuck.Runs, stuck.HeldBy)
            .ShouldBe((id, "check-tally", nameof(InvalidOperationException), false, null));
        (await ResumeAsync(service, id)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await Until.TrueAsync(
            async () => (await ReadAsync(service)).Stuck.Count == 0,
            "it is done long before its next turn", TimeSpan.FromSeconds(8));
        service.Services.GetRequiredService<CheckLedger>().Asked.ShouldBe(2);
        (await CountAsync(service, "store.mt_events where type = 'tally_checked'")).ShouldBe(1);
        (await CountAsync(service, "store.mt_events where type = 'deadline_resumed' and headers ->> 'role' = 'operator'"))
            .ShouldBe(1);
    }

    [Fact]
    public async Task What_an_operator_holds_back_is_told_with_who_holds_it()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        using var staff = Operator(service);
        (await staff.PostWithKeyAsync("/operations/effects/check/stop", new { reason = "incident:1" })).EnsureSuccessStatusCode();
        await OpenAsync(service);
        await MoveDueAsync(service, "- interval '10 minutes'");

        (await StuckAsync(service, _ => true)).HeldBy.ShouldBe("check");
    }

    [Fact]
    public async Task What_falls_due_in_the_next_day_is_counted_hour_by_hour_and_nothing_of_it_is_stuck()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        using var staff = Operator(service);
        (await staff.PostWithKeyAsync("/operations/effects/check/stop", new { reason = "incident:1" })).EnsureSuccessStatusCode();
        for (var i = 0; i < 3; i++) await OpenAsync(service);
        await MoveDueAsync(service, "+ interval '3 hours'");

        var told = await ReadAsync(service);

        told.Stuck.ShouldBeEmpty();
        told.Due.Sum(hour => hour.Count).ShouldBe(3);
        told.Due.ShouldAllBe(hour => hour.Kind == "check-tally" && hour.HeldBy == "check" && hour.From.Minute == 0);
    }

    [Fact]
    public async Task What_is_being_done_at_this_moment_is_not_begun_a_second_time()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        using var staff = Operator(service);
        (await staff.PostWithKeyAsync("/operations/effects/check/stop", new { reason = "incident:1" })).EnsureSuccessStatusCode();
        var id = await OpenAsync(service);
        await ExecuteAsync(service, "update store.deadlines set claimed_until = now() + interval '15 seconds'");

        var answer = await ResumeAsync(service, id);

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.ProblemCodeAsync()).ShouldBe("deadline-runs-now");
        (await CountAsync(service, "store.mt_events where type = 'deadline_resumed'")).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_not_due_cannot_be_resumed_nor_for_a_reason_that_is_a_text()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);

        (await (await ResumeAsync(service, Guid.NewGuid())).ProblemCodeAsync()).ShouldBe("not-found");
        (await (await ResumeAsync(service, Guid.NewGuid(), "Ann wants it")).ProblemCodeAsync())
            .ShouldBe("operator-reason-malformed");
    }

    private static HttpClient Operator(TestService service) => service.As(service.Issuer.Token(staff: ["operator"]));

    private static async Task<DeadlinesView> ReadAsync(TestService service)
    {
        using var staff = Operator(service);
        return (await staff.GetFromJsonAsync<DeadlinesView>("/operations/deadlines", Token))!;
    }

    private static Task<StuckDeadline> StuckAsync(TestService service, Func<StuckDeadline, bool> when) => Until.SomeAsync(
        async () => (await ReadAsync(service)).Stuck.FirstOrDefault(when), "it is stuck");

    private static async Task<HttpResponseMessage> ResumeAsync(TestService service, Guid id, string reason = "ticket:1")
    {
        using var staff = Operator(service);
        return await staff.PostWithKeyAsync(
            "/operations/deadlines/resume", new { streamId = id, kind = "check-tally", reason });
    }

    private static async Task<Guid> OpenAsync(TestService service)
    {
        var answer = await service.Client.PostWithKeyAsync("/api/tallies", new { name = "check me" });
        return (await answer.JsonAsync())["id"]!.GetValue<Guid>();
    }

    private static Task<object?> MoveDueAsync(TestService service, string by) =>
        ExecuteAsync(service, $"update store.deadlines set due = now() {by}");

    private static async Task<long> CountAsync(TestService service, string what) =>
        (long)(await ExecuteAsync(service, $"select count(*) from {what}"))!;

    private static async Task<object?> ExecuteAsync(TestService service, string sql)
    {
        await using var connection = new NpgsqlConnection(service.Database.Admin);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }
}
