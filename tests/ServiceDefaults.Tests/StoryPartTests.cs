using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>What a service tells operators of what happened: who, when, because of what, and nothing of what.</summary>
public sealed class StoryPartTests(PostgresServer postgres, BrokerServer broker)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_deadline_does_follows_from_the_event_that_set_it()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var id = await OpenAsync(service, "check me");

        var events = await UntilAsync(service, $"stream={id}", count: 2);

        events.Select(e => e.Event).ShouldBe(["tally_opened", "tally_checked"]);
        events[0].CausedBy.ShouldBeNull();
        events[1].CausedBy.ShouldBe(events[0].Id);
        events[1].CorrelationId.ShouldBe(events[0].CorrelationId);
        events[1].TraceParent!.Split('-')[1].ShouldBe(events[0].CorrelationId);
        (events[0].Actor, events[1].Actor).ShouldBe(($"user/{TestService.Caller}", "orders/check-tally"));
        events.ShouldAllBe(e => e.Stream == "tally" && e.StreamId == id && e.CommandId != null);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)] // all tries in memory are in vain: the message is parked, and comes back
    public async Task What_a_message_does_follows_from_the_event_that_it_told_of(int failures)
    {
        var host = await broker.CreateVirtualHostAsync(Topology.Render([Sender.Define(), Receiver.Define()], "any"), Token);
        await using var sender = await TestService.StartAsync(Sender.Define(), postgres, host);
        await using var receiver = await TestService.StartAsync(Receiver.Define(), postgres, host);
        receiver.Services.GetRequiredService<Mood>().FailuresLeft = failures;
        var id = await OpenAsync(sender, "plain");
        (await sender.Client.PostWithKeyAsync($"/api/tallies/{id}/raise", new { by = 1 })).EnsureSuccessStatusCode();

        var told = (await UntilAsync(sender, $"stream={id}", count: 2))[1];
        var heard = await UntilAsync(receiver, $"correlation={told.CorrelationId}", count: 2);

        told.Event.ShouldBe("tally_raised");
        heard.Select(e => e.Event).ShouldBe(["heard_opened", "heard"]);
        heard.ShouldAllBe(e => e.CausedBy == told.Id && e.Actor == "domains/tally-raised");
    }

    [Fact]
    public async Task Events_are_found_by_their_ids_and_nothing_of_what_they_say_is_told()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var first = (await UntilAsync(service, $"stream={await OpenAsync(service, "canary")}", count: 1)).Single();
        var second = (await UntilAsync(service, $"stream={await OpenAsync(service, "canary")}", count: 1)).Single();
        using var staff = service.As(service.Issuer.Token(staff: ["operator"]));

        var text = await staff.GetStringAsync($"/operations/events?id={first.Id}&id={second.Id}&id={Guid.NewGuid()}", Token);

        JsonSerializer.Deserialize<StoredEvents>(text, JsonSerializerOptions.Web)!.Events.ShouldBe([first, second]);
        text.ShouldNotContain("canary");
    }

    [Theory]
    [InlineData("support")]
    [InlineData("privacy-officer")]
    [InlineData(null)]
    public async Task Only_operators_are_told(string? role)
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        using var somebody = service.As(service.Issuer.Token(staff: role is null ? null : [role]));

        var answer = await somebody.GetAsync("/operations/events", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.ProblemCodeAsync()).ShouldBe("role-insufficient");
    }

    [Theory]
    [InlineData("stream=x", "malformed-request")]
    [InlineData("id=1", "malformed-request")]
    [InlineData(null, "too-many-asked")]
    public async Task Bad_input_is_refused(string? query, string code)
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        using var staff = service.As(service.Issuer.Token(staff: ["operator"]));
        query ??= string.Join('&', Enumerable.Repeat($"id={Guid.NewGuid()}", 101));

        var answer = await staff.GetAsync($"/operations/events?{query}", Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ProblemCodeAsync()).ShouldBe(code);
    }

    [Fact]
    public async Task Events_are_found_by_an_index_which_outlives_a_restart()
    {
        await using var first = await TestService.StartAsync(Sender.Define(), postgres);
        await using var second = await TestService.StartAsync(Sender.Define(), postgres, database: first.Database);

        await using var connection = new NpgsqlConnection(first.Database.Admin);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(
            """
            set enable_seqscan = off;
            explain select id from store.mt_events e
            where stream_id = any(array['6ba7b810-9dad-11d1-80b4-00c04fd430c8'::uuid]) or correlation_id = any(array['a', 'b'])
                or id = any(array['6ba7b810-9dad-11d1-80b4-00c04fd430c8'::uuid])
            """,
            connection);
        await using var rows = await command.ExecuteReaderAsync(Token);
        var plan = new List<string>();
        while (await rows.ReadAsync(Token)) plan.Add(rows.GetString(0));

        plan.ShouldContain(line => line.Contains("correlation_id_idx", StringComparison.Ordinal));
        plan.ShouldNotContain(line => line.Contains("Seq Scan", StringComparison.Ordinal));
    }

    private static async Task<Guid> OpenAsync(TestService service, string name)
    {
        var answer = await service.Client.PostWithKeyAsync("/api/tallies", new { name });
        return (await answer.JsonAsync())["id"]!.GetValue<Guid>();
    }

    private static async Task<IReadOnlyList<StoredEvent>> UntilAsync(TestService service, string query, int count)
    {
        using var staff = service.As(service.Issuer.Token(staff: ["operator"]));
        return await Until.SomeAsync(
            async () => await staff.GetFromJsonAsync<StoredEvents>($"/operations/events?{query}", Token) is { } found
                && found.Events.Count >= count ? found.Events : null,
            $"{count} events of {query}");
    }
}
