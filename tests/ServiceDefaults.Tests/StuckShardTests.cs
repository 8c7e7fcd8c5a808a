using System.Net.Http.Json;
using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>The publisher or a projection does not get past an event: operators see at which, by what, and when it is
/// over.</summary>
public sealed class StuckShardTests(PostgresServer postgres, BrokerServer broker)
{
    private const string Person = "Quetzalina Verdin";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_publisher_is_stuck_at_what_it_cannot_map_and_goes_on_by_itself_once_it_can()
    {
        var mood = new Mood { FailuresLeft = int.MaxValue, Failure = () => new FormatException(Person) };
        var host = await broker.CreateVirtualHostAsync(Topology.Render([Sender.Define(), Receiver.Define()], "any"), Token);
        var clock = new TurnedClock();
        await using var receiver = await TestService.StartAsync(Receiver.Define(), postgres, host);
        await using var service = await TestService.StartAsync(Sender.Define(e => Map(e, mood)), postgres, host, clock: clock);

        var tally = await StuckAndOverAsync(service, clock, mood, "publisher:All");

        await using var session = receiver.Services.GetRequiredService<IDocumentStore>().QuerySession();
        await Until.TrueAsync(
            async () => (await session.Events.AggregateStreamAsync<Echo>(tally, token: Token))?.Times == 1,
            "nothing was skipped");
    }

    [Fact]
    public async Task A_projection_is_stuck_at_what_it_cannot_apply_and_goes_on_by_itself_once_it_can()
    {
        var mood = new Mood { FailuresLeft = int.MaxValue, Failure = () => new FormatException(Person) };
        var clock = new TurnedClock();
        await using var service = await TestService.StartAsync(
            Sender.Define().Marten(store => store.Projections.Add(new Moody(mood), ProjectionLifecycle.Async)),
            postgres, clock: clock);

        await StuckAndOverAsync(service, clock, mood, "Moody:All");
    }

    private static async Task<Guid> StuckAndOverAsync(TestService service, TurnedClock clock, Mood mood, string shard)
    {
        var opened = await service.Client.PostWithKeyAsync("/api/tallies", new { name = "t" });
        var tally = (await opened.JsonAsync())["id"]!.GetValue<Guid>();
        await service.Client.PutAsync($"/api/tallies/{tally}", new { by = 1 });
        (await ReadAsync(service)).Stuck.ShouldBeEmpty("what has just been stored is on its way");
        clock.Turn(TimeSpan.FromMinutes(1));

        var stuck = await Until.SomeAsync(
            async () => (await ReadAsync(service)).Stuck.FirstOrDefault(one => one.Failure is not null), "it is told why");

        (stuck.Shard, stuck.Failure).ShouldBe((shard, "System.FormatException"));
        stuck.EventSequence.ShouldNotBeNull();
        var health = await service.Client.GetStringAsync("/health/ready", Token);
        health.ShouldContain($"System.FormatException at event {stuck.EventSequence}");
        health.ShouldNotContain(Person);

        mood.FailuresLeft = 0;
        await Until.TrueAsync(async () => (await ReadAsync(service)).Stuck.Count == 0, "it goes on by itself");
        (await service.Client.GetStringAsync("/health/ready", Token)).ShouldNotContain(shard);
        return tally;
    }

    private static async Task<StuckShardsView> ReadAsync(TestService service)
    {
        using var staff = service.As(service.Issuer.Token(staff: ["operator"]));
        return (await staff.GetFromJsonAsync<StuckShardsView>("/operations/shards", Token))!;
    }

    private static object? Map(IEvent e, Mood mood)
    {
        if (e.Data is TallyRaised) mood.Check();
        return Sender.Map(e);
    }

    private sealed class Moody : EventProjection
    {
        private readonly Mood mood;

        public Moody(Mood mood) => (this.mood, Name) = (mood, nameof(Moody));

        public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
        {
            if (e.Data is TallyRaised) mood.Check();
            return ValueTask.CompletedTask;
        }
    }
}
