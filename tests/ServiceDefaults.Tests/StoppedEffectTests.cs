using System.Net;
using System.Net.Http.Json;
using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>An operator stops an effect: nothing is done any more, nothing is lost, and resumed each is done once.</summary>
public sealed class StoppedEffectTests(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stopped_under_load_on_one_of_two_instances_both_do_nothing_after_a_second_and_resumed_each_once()
    {
        await using var first = await TestService.StartAsync(Sender.Define(), postgres);
        await using var second = await TestService.StartAsync(Sender.Define(), postgres, database: first.Database);
        using var end = new CancellationTokenSource();
        var load = Task.WhenAll(LoadAsync(first, end.Token), LoadAsync(second, end.Token));
        await Until.TrueAsync(() => Task.FromResult(Asked(first) > 10 && Asked(second) > 10), "both instances are at work");

        (await SwitchAsync(first, "stop")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        var asked = Asked(first) + Asked(second);
        await Task.Delay(TimeSpan.FromSeconds(3), Token);
        (Asked(first) + Asked(second)).ShouldBe(asked);
        await end.CancelAsync();
        var ids = (await load).SelectMany(each => each).ToList();
        ids.Count.ShouldBeGreaterThan(asked, "work came in while it was stopped");

        (await SwitchAsync(second, "resume")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Until.TrueAsync(async () => await CountAsync(first, "store.deadlines") == 0, "all that had waited is done");

        (Asked(first) + Asked(second)).ShouldBe(ids.Count);
        (await CountAsync(first, "store.mt_events where type = 'tally_checked'")).ShouldBe(ids.Count);
    }

    [Fact]
    public async Task What_is_stopped_stays_so_over_a_restart_and_a_rebuild_and_is_not_called_overdue()
    {
        await using var database = await postgres.CreateDatabaseAsync("orders", ct: Token);
        await using (var before = await TestService.StartAsync(Sender.Define(), postgres, database: database))
        {
            foreach (var what in (string[])["stop", "resume", "stop"])
                (await SwitchAsync(before, what)).EnsureSuccessStatusCode();
            await OpenAsync(before);
        }

        await using var service = await TestService.StartAsync(Sender.Define(), postgres, database: database);
        using var daemon = await service.Services.GetRequiredService<IDocumentStore>().BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync(StoppedEffects.Name, Token);
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        Asked(service).ShouldBe(0);
        var source = service.Services.GetRequiredService<NpgsqlDataSource>();
        (await OverdueAsync(source, StoppedEffects.NotHeld(service.Services.GetRequiredService<ServiceDefinition>().Effects)))
            .ShouldBe(0);
        (await OverdueAsync(source, notHeld: "")).ShouldBe(1);

        (await SwitchAsync(service, "resume")).EnsureSuccessStatusCode();
        await Until.TrueAsync(async () => await CountAsync(service, "store.deadlines") == 0, "it is done");
        Asked(service).ShouldBe(1);
    }

    [Fact]
    public async Task Who_stopped_it_when_and_why_is_on_record_once_however_often_it_is_said()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var login = Guid.CreateVersion7();
        for (var i = 0; i < 3; i++) (await SwitchAsync(service, "stop", login: login)).EnsureSuccessStatusCode();

        using var staff = Operator(service, login);
        var told = (await staff.GetFromJsonAsync<EffectState[]>("/operations/effects", Token))!.ShouldHaveSingleItem();
        told.Effect.ShouldBe("check");
        told.Stopped!.Reason.ShouldBe("incident:asked-twice");
        told.Stopped.By.ShouldBe($"user/{login}");
        (await CountAsync(service, "store.mt_events where type = 'effect_stopped' and headers ->> 'role' = 'operator'"))
            .ShouldBe(1);
        (await CountAsync(service, "store.mt_events where type = 'effect_stopped'")).ShouldBe(1);
    }

    [Theory]
    [InlineData("check", "we saw a.person@example.com charged twice", 422, "effect-reason-malformed")]
    [InlineData("check", "", 422, "effect-reason-malformed")]
    [InlineData("checks", "incident:1", 404, "not-found")]
    public async Task Bad_input_is_refused_and_stops_nothing(string effect, string reason, int status, string code)
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);

        var answer = await SwitchAsync(service, "stop", effect, reason);

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.ProblemCodeAsync()).ShouldBe(code);
        (await CountAsync(service, "store.stopped_effects")).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_but_operators_switches_anything()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        using var lawyer = service.As(service.Issuer.Token(staff: ["legal", "billing", "support", "privacy-officer"]));

        var answer = await lawyer.PostWithKeyAsync("/operations/effects/check/stop", new { reason = "incident:1" });

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await CountAsync(service, "store.stopped_effects")).ShouldBe(0);
    }

    private static int Asked(TestService service) => service.Services.GetRequiredService<CheckLedger>().Asked;

    private static async Task<List<Guid>> LoadAsync(TestService service, CancellationToken end)
    {
        var ids = new List<Guid>();
        while (!end.IsCancellationRequested) ids.Add(await OpenAsync(service));
        return ids;
    }

    private static async Task<Guid> OpenAsync(TestService service)
    {
        var answer = await service.Client.PostWithKeyAsync("/api/tallies", new { name = "check me" });
        return (await answer.JsonAsync())["id"]!.GetValue<Guid>();
    }

    private static HttpClient Operator(TestService service, Guid login) =>
        service.As(service.Issuer.Token(login.ToString("D"), staff: ["operator"]));

    private static async Task<HttpResponseMessage> SwitchAsync(
        TestService service, string what, string effect = "check", string reason = "incident:asked-twice", Guid? login = null)
    {
        using var staff = Operator(service, login ?? Guid.CreateVersion7());
        return await staff.PostWithKeyAsync($"/operations/effects/{effect}/{what}", new { reason });
    }

    private static Task<long> OverdueAsync(NpgsqlDataSource source, string notHeld) => DeadlineTable.OverdueAsync(
        source, MartenBaseline.Schema, notHeld, DateTimeOffset.UtcNow, Token);

    private static async Task<long> CountAsync(TestService service, string what)
    {
        await using var connection = new NpgsqlConnection(service.Database.Admin);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand($"select count(*) from {what}", connection);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
