using System.Text.Json.Nodes;
using EPerfect.Launcher;
using EPerfect.Testing;
using Npgsql;
using RabbitMQ.Client;

namespace EPerfect.Benchmarks;

/// <summary>What was taken on and is not done yet.</summary>
/// <param name="Unread">Events that the publisher or a projection has not come to.</param>
/// <param name="Due">Deadlines that are due.</param>
/// <param name="Queued">Messages that wait for their consumer; not counted while there is anything else.</param>
internal sealed record BacklogCount(long Unread, long Due, long Queued)
{
    public bool IsNone => this is { Unread: 0, Due: 0, Queued: 0 };

    public override string ToString() => $"{Unread} events unread, {Due} deadlines due, {Queued} messages queued";
}

/// <summary>Counted in the databases and at the broker, past the services.</summary>
internal sealed class Backlog(RunningPlatform platform, IConnection connection, IChannel channel) : IAsyncDisposable
{
    private static readonly string[] Services = ["accounts", "orders", "domains", "privacy"];

    private readonly NpgsqlDataSource[] databases =
        [.. Services.Select(service => NpgsqlDataSource.Create(platform.ConnectionString(service) + ";Maximum Pool Size=2"))];

    private readonly string[] queues = [.. JsonNode.Parse(File.ReadAllText(Checkout.Find().TopologyFile))!["queues"]!.AsArray()
        .Select(queue => (string)queue!["name"]!)
        .Where(name => !name.EndsWith("_error", StringComparison.Ordinal)
            && !name.EndsWith(".parked", StringComparison.Ordinal))];

    public static async Task<Backlog> OfAsync(RunningPlatform platform)
    {
        var connection = await new ConnectionFactory { Uri = new(platform.BrokerUri()) }.CreateConnectionAsync();
        return new(platform, connection, await connection.CreateChannelAsync());
    }

    public async Task<BacklogCount> CountAsync()
    {
        long unread = 0, due = 0;
        foreach (var database in databases)
        {
            unread += await CountAsync(database, """
                select coalesce(max(seq_id), 0) - coalesce((
                    select min(last_seq_id) from store.mt_event_progression where name like '%:%'), 0)
                from store.mt_events
                """);
            due += await CountAsync(database, "select count(*) from store.deadlines where due < now() + interval '1 second'");
        }

        // The broker is asked for forty queues: only when nothing else is left.
        return new(Math.Max(0, unread), due, unread + due > 0 ? 0 : await QueuedAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
        foreach (var database in databases) await database.DisposeAsync();
    }

    private async Task<long> QueuedAsync()
    {
        long all = 0;
        foreach (var queue in queues) all += (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
        return all;
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
