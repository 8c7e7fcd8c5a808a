using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Npgsql;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>What others had and lost with the broker's data they get again, by the operator's command.</summary>
public sealed class PublishingAgainTests(PostgresServer postgres, BrokerServer broker)
{
    private const string Queue = "domains.tally-raised";

    /// <summary>What the service holds was declared, a tally opened and raised three times.</summary>
    private const long Newest = 5;

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_broker_lost_is_published_again_from_an_event_on_and_what_was_heard_before_has_no_effect_twice()
    {
        var host = await broker.CreateVirtualHostAsync(Topology.Render([Sender.Define(), Receiver.Define()], "any"), Token);
        await using var database = await postgres.CreateDatabaseAsync("orders", ct: Token);
        await using var hearing = await postgres.CreateDatabaseAsync("domains", ct: Token);
        Guid heard, lost;
        await using (var sender = await TestService.StartAsync(Sender.Define(), postgres, host, database))
        {
            await using (var receiver = await TestService.StartAsync(Receiver.Define(), postgres, host, hearing))
            {
                heard = await sender.RaiseAsync(times: 5);
                await receiver.HeardAsync(heard, times: 5);
            }

            lost = await sender.RaiseAsync(times: 3);
            await Until.TrueAsync(async () => await WaitingAsync(host) == 3, "the broker has confirmed them");
        }

        await LoseAsync(host);

        (await AskAsync(database, "1")).ShouldBe(0);

        await using var again = await TestService.StartAsync(Sender.Define(), postgres, host, database);
        await using var listening = await TestService.StartAsync(Receiver.Define(), postgres, host, hearing);
        await listening.HeardAsync(lost, times: 3);
        var last = await again.RaiseAsync(times: 1);
        await listening.HeardAsync(last, times: 1);
        (await listening.EchoAsync(heard))!.Times.ShouldBe(5);
        await Until.TrueAsync(async () => await PlaceAsync(database) == 13, "it has got to the end, and stays there");
    }

    [Fact]
    public async Task It_is_refused_while_the_service_runs_and_for_an_event_that_was_not_published()
    {
        var host = await broker.CreateVirtualHostAsync(Topology.Render([Sender.Define(), Receiver.Define()], "any"), Token);
        await using var database = await postgres.CreateDatabaseAsync("orders", ct: Token);
        await using (var sender = await TestService.StartAsync(Sender.Define(), postgres, host, database))
        {
            await sender.RaiseAsync(times: 3);
            await Until.TrueAsync(async () => await WaitingAsync(host) == 3, "the broker has confirmed them");
            await Until.TrueAsync(async () => await PlaceAsync(database) == Newest, "so far it is");
            (await AskAsync(database, "1")).ShouldBe(1);
        }

        foreach (var wrong in (string[])["0", "-1", "6", "first"]) (await AskAsync(database, wrong)).ShouldBe(1, wrong);

        (await PlaceAsync(database)).ShouldBe(Newest);
        (await AskAsync(database, "3")).ShouldBe(0);
        (await PlaceAsync(database)).ShouldBe(2);
    }

    [Fact]
    public async Task It_is_refused_for_an_event_that_is_older_than_receipts_are_kept()
    {
        var host = await broker.CreateVirtualHostAsync(Topology.Render([Sender.Define(), Receiver.Define()], "any"), Token);
        await using var database = await postgres.CreateDatabaseAsync("orders", ct: Token);
        await using (var sender = await TestService.StartAsync(Sender.Define(), postgres, host, database))
        {
            await sender.RaiseAsync(times: 3);
            await Until.TrueAsync(async () => await PlaceAsync(database) == Newest, "so far it is");
        }

        var forgotten = PublishingAgain.ForgottenUntil(TimeProvider.System);
        await ExecuteAsync(database, $"update store.mt_events set timestamp = '{forgotten:O}' where seq_id = 3");

        (await AskAsync(database, "3")).ShouldBe(1);
        (await AskAsync(database, "4")).ShouldBe(0);
    }

    private static Task<int> AskAsync(TestDatabase database, string from) => ProjectionsCommand.RunAsync(
        Sender.Define(),
        ["publisher", "--from", from],
        "--environment=Development",
        $"--ConnectionStrings:Store={database.Store}",
        $"--ConnectionStrings:Keys={database.Keys}",
        "--Broker:Uri=none",
        $"--PersonalData:KeyFile={database.KeyFile}",
        "--Identity:Issuer=http://localhost/");

    private static async Task<long> PlaceAsync(TestDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.Admin);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(
            "select coalesce(max(last_seq_id), 0) from store.mt_event_progression where name = 'publisher:All'", connection);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    private static async Task ExecuteAsync(TestDatabase database, string statement)
    {
        await using var connection = new NpgsqlConnection(database.Admin);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static async Task<uint> WaitingAsync(TestVirtualHost host)
    {
        await using var connection = await new RabbitMQ.Client.ConnectionFactory { Uri = new Uri(host.Operator) }
            .CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        return (await channel.QueueDeclarePassiveAsync(Queue, Token)).MessageCount;
    }

    private static async Task LoseAsync(TestVirtualHost host)
    {
        await using var connection = await new RabbitMQ.Client.ConnectionFactory { Uri = new Uri(host.Operator) }
            .CreateConnectionAsync(Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
        (await channel.QueuePurgeAsync(Queue, Token)).ShouldBe(3u);
    }
}
