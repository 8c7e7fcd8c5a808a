using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Marten;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace EPerfect.ServiceDefaults.Tests;

public sealed class MessagingTests(PostgresServer postgres, BrokerServer broker)
{
    private const string Queue = "domains.tally-raised";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_raises_of_many_tallies_Then_the_receiver_hears_each_once_in_the_trace_of_its_request()
    {
        var host = await HostAsync();
        await using var sender = await TestService.StartAsync(Sender.Define(), postgres, host);
        await using var receiver = await TestService.StartAsync(Receiver.Define(), postgres, host);

        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => sender.RaiseAsync(times: 4)));

        foreach (var id in ids) await receiver.HeardAsync(id, times: 4);
        await using var session = receiver.Services.GetRequiredService<IDocumentStore>().QuerySession();
        await using var origin = sender.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var heard = (await session.Events.FetchStreamAsync(ids[0], token: Token))[1];
        var raised = (await origin.Events.FetchStreamAsync(ids[0], token: Token))[1];
        heard.CorrelationId.ShouldBe(raised.CorrelationId);
        heard.UserName.ShouldBe("domains/tally-raised");
    }

    [Fact]
    public async Task Given_messages_that_were_heard_When_the_publisher_sends_all_again_Then_nothing_happens_twice()
    {
        var host = await HostAsync();
        await using var database = await postgres.CreateDatabaseAsync("orders", ct: Token);
        await using var receiver = await TestService.StartAsync(Receiver.Define(), postgres, host);
        Guid id;
        await using (var first = await TestService.StartAsync(Sender.Define(), postgres, host, database))
        {
            id = await first.RaiseAsync(times: 5);
            await receiver.HeardAsync(id, times: 5);
        }

        // What a kill between the broker's confirm and the commit of the progress leads to.
        await ForgetProgressAsync(database);
        await using var sender = await TestService.StartAsync(Sender.Define(), postgres, host, database);
        var last = await sender.RaiseAsync(times: 1);
        await receiver.HeardAsync(last, times: 1);

        (await receiver.EchoAsync(id))!.Times.ShouldBe(5);
    }

    [Fact]
    public async Task Given_a_broker_that_was_set_up_anew_When_its_queues_are_laid_Then_what_was_raised_before_is_heard_once()
    {
        var host = await broker.CreateVirtualHostAsync(ct: Token);
        await using var sender = await TestService.StartAsync(Sender.Define(), postgres, host);
        await using var receiver = await TestService.StartAsync(Receiver.Define(), postgres, host);
        var id = await sender.RaiseAsync(times: 3);
        await Until.TrueAsync(
            () => Task.FromResult(sender.Log.Lines.Any(line => line.Contains("no queue takes", StringComparison.Ordinal))),
            "the log says what is missing");

        await host.ImportAsync(Topology.Render([Sender.Define(), Receiver.Define()], "any"), Token);

        await receiver.HeardAsync(id, times: 3);
    }

    [Fact]
    public async Task Given_a_service_that_hears_one_event_in_two_queues_Then_each_has_its_effect_once()
    {
        static ServiceDefinition Twice() =>
            Receiver.Define().Reacts<TallyRaisedV1, EchoReaction>(TallyRaisedV1.Name, named: "tally-raised-too");
        var host = await broker.CreateVirtualHostAsync(Topology.Render([Sender.Define(), Twice()], "any"), Token);
        await using var sender = await TestService.StartAsync(Sender.Define(), postgres, host);
        await using var receiver = await TestService.StartAsync(Twice(), postgres, host);

        var id = await sender.RaiseAsync(times: 3);

        await receiver.HeardAsync(id, times: 6);
    }

    [Fact]
    public async Task Given_one_message_twice_at_once_at_two_instances_Then_one_effect()
    {
        var host = await HostAsync();
        await using var first = await TestService.StartAsync(Receiver.Define(), postgres, host);
        await using var second = await TestService.StartAsync(Receiver.Define(), postgres, host, first.Database);
        await using var sender = await TestService.StartAsync(Sender.Define(), postgres, host);
        var (id, message) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var bus = sender.Services.GetRequiredService<IBus>();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            bus.Publish(new TallyRaisedV1(id, 1, 2), context => context.MessageId = message, Token)));

        await first.HeardAsync(id, times: 1);
        await Until.TrueAsync(async () => await DepthAsync(host, Queue) == 0, "the queue is empty");
        await Task.Delay(300, Token);
        (await second.EchoAsync(id))!.Times.ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_reaction_that_fails_for_a_while_Then_the_message_is_parked_and_has_its_effect_once()
    {
        var host = await HostAsync();
        await using var sender = await TestService.StartAsync(Sender.Define(), postgres, host);
        await using var receiver = await TestService.StartAsync(Receiver.Define(), postgres, host);
        receiver.Services.GetRequiredService<Mood>().FailuresLeft = 10;

        var id = await sender.RaiseAsync(times: 1);

        await receiver.HeardAsync(id, times: 1);
        receiver.Log.Lines.ShouldContain(line => line.Contains("is parked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_an_outage_longer_than_all_chances_Then_the_message_waits_for_its_end()
    {
        var host = await HostAsync();
        await using var sender = await TestService.StartAsync(Sender.Define(), postgres, host);
        await using var receiver = await TestService.StartAsync(Receiver.Define(), postgres, host);
        var mood = receiver.Services.GetRequiredService<Mood>();
        mood.Failure = () => new NpgsqlException("The database is away.");
        mood.FailuresLeft = 40;

        var id = await sender.RaiseAsync(times: 1);

        await receiver.HeardAsync(id, times: 1);
        (await receiver.Services.GetRequiredService<ErrorQueues>().CountAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_poison_message_Then_health_tells_of_it_and_a_replay_gives_it_its_effect_once()
    {
        var host = await HostAsync();
        await using var sender = await TestService.StartAsync(Sender.Define(), postgres, host);
        await using var receiver = await TestService.StartAsync(Receiver.Define(), postgres, host);
        var mood = receiver.Services.GetRequiredService<Mood>();
        mood.FailuresLeft = int.MaxValue;
        var errors = receiver.Services.GetRequiredService<ErrorQueues>();

        var id = await sender.RaiseAsync(times: 1);
        await Until.TrueAsync(
            async () => (await errors.CountAsync(Token)).GetValueOrDefault(Queue) == 1, "it lies in the error queue");

        var health = receiver.Services.GetRequiredService<HealthCheckService>();
        (await health.CheckHealthAsync(Token)).Entries["error-queues"].Status.ShouldBe(HealthStatus.Degraded);
        (await receiver.EchoAsync(id)).ShouldBeNull();

        mood.FailuresLeft = 0;
        (await errors.ReplayAsync(Queue, Token)).ShouldBe(1);
        await receiver.HeardAsync(id, times: 1);
        (await errors.CountAsync(Token)).ShouldBeEmpty();
    }

    [Fact, Control("M11")]
    public async Task Given_a_poison_message_that_nobody_gives_back_Then_it_is_gone_after_ninety_days_and_counted()
    {
        var host = await HostAsync();
        var clock = new TurnedClock();
        await using var sender = await TestService.StartAsync(Sender.Define(), postgres, host);
        await using var receiver = await TestService.StartAsync(Receiver.Define(), postgres, host, clock: clock);
        receiver.Services.GetRequiredService<Mood>().FailuresLeft = int.MaxValue;
        var errors = receiver.Services.GetRequiredService<ErrorQueues>();
        var sweeper = receiver.Services.GetRequiredService<RetentionSweeper>();
        await FailUnnotedAsync(host);
        await sender.RaiseAsync(times: 1);
        await Until.TrueAsync(
            async () => (await errors.CountAsync(Token)).GetValueOrDefault(Queue) == 2, "it lies in the error queue");

        clock.Turn(TimeSpan.FromDays(89));
        await sweeper.RunAsync(Token);
        await Until.TrueAsync(
            async () => (await errors.CountAsync(Token)).GetValueOrDefault(Queue) == 2, "it is still there");
        clock.Turn(TimeSpan.FromDays(2));
        await sweeper.RunAsync(Token);

        (await receiver.RemovedByAsync(SweepErrorQueues.Rule.Rule))!.Removed.ShouldBe(1);
        await Until.TrueAsync(
            async () => (await errors.CountAsync(Token)).GetValueOrDefault(Queue) == 1, "what failed nobody knows when is kept");
    }

    [Fact]
    public async Task Given_an_event_that_cannot_be_mapped_Then_nothing_later_of_its_stream_is_published_and_health_tells_of_it()
    {
        var host = await HostAsync();
        await using var sender = await TestService.StartAsync(
            Sender.Define(e => e.Data is TallyRaised { By: 13 } ? throw new InvalidOperationException() : Sender.Map(e)),
            postgres, host);
        await using var receiver = await TestService.StartAsync(Receiver.Define(), postgres, host);
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow.AddMinutes(1));
        var health = new ProgressHealth(sender.Services.GetRequiredService<ShardProgress>(), clock);

        var id = await sender.RaiseAsync(times: 1, by: 13);
        (await sender.Client.PutAsync($"/api/tallies/{id}", new { by = 1 })).EnsureSuccessStatusCode();
        await Until.TrueAsync(
            async () => (await health.CheckHealthAsync(new HealthCheckContext(), Token)).Status == HealthStatus.Degraded,
            "health tells of it");
        // Longer than it takes until the publisher is started anew.
        await Task.Delay(TimeSpan.FromSeconds(6), Token);
        (await receiver.EchoAsync(id)).ShouldBeNull();
    }

    /// <summary>A message of which nobody noted when it failed; it lies before what fails later.</summary>
    private static async Task FailUnnotedAsync(TestVirtualHost host)
    {
        await using var connection = await new RabbitMQ.Client.ConnectionFactory { Uri = new Uri(host.Operator) }
            .CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        await channel.BasicPublishAsync(
            Queue + "_error", "", mandatory: true, new RabbitMQ.Client.BasicProperties(), "{}"u8.ToArray(), Token);
    }

    private static async Task ForgetProgressAsync(TestDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.Admin);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(
            $"delete from store.mt_event_progression where name like '{Publisher.SubscriptionName}%'", connection);
        (await command.ExecuteNonQueryAsync(Token)).ShouldBe(1);
    }

    private static async Task<uint> DepthAsync(TestVirtualHost host, string queue)
    {
        await using var connection = await new RabbitMQ.Client.ConnectionFactory { Uri = new Uri(host.Operator) }
            .CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        return (await channel.QueueDeclarePassiveAsync(queue, Token)).MessageCount;
    }

    /// <summary>The topology that is deployed, but with a short stay where messages are parked.</summary>
    private Task<TestVirtualHost> HostAsync() => broker.CreateVirtualHostAsync(
        Topology.Render([Sender.Define(), Receiver.Define()], "any")
            .Replace("\"x-message-ttl\": 5000", "\"x-message-ttl\": 100", StringComparison.Ordinal),
        Token);
}
