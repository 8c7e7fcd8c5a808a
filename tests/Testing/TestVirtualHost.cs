using System.Text.Json.Nodes;
using EPerfect.Launcher.Infrastructure;
using RabbitMQ.Client;

namespace EPerfect.Testing;

/// <summary>A virtual host of the test broker, and who may come in.</summary>
public sealed class TestVirtualHost
{
    private readonly Broker broker;

    internal TestVirtualHost(string name, Broker broker) => (Name, this.broker) = (name, broker);

    /// <summary>The virtual host on the broker.</summary>
    public string Name { get; }

    /// <summary>For a user who may touch everything: for looking behind the scenes.</summary>
    public string Operator => UriFor(BrokerDefinitions.Operator);

    /// <summary>For <c>Broker:Administration</c>.</summary>
    public string Administration => broker.Administration;

    /// <summary>For <c>Broker:Uri</c>, as the service's user.</summary>
    public string UriFor(string service) => broker.UriFor(service, Name);

    /// <summary>Lays exchanges, queues and bindings as the deploy step does, from RabbitMQ's definitions
    /// format.</summary>
    public Task ImportAsync(string topology, CancellationToken ct = default) => ImportAsync(topology, allIsHeard: false, ct);

    /// <param name="topology">What is laid.</param>
    /// <param name="allIsHeard">Where not all services are there: their part too, which hears what no other does, and forgets
    /// it. A publisher keeps back what no queue takes.</param>
    /// <param name="ct">Gives up.</param>
    internal async Task ImportAsync(string topology, bool allIsHeard, CancellationToken ct)
    {
        var definitions = JsonNode.Parse(topology)!.AsObject();
        await using var connection = await new ConnectionFactory { Uri = new Uri(Operator) }.CreateConnectionAsync(ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        foreach (var exchange in Items(definitions, "exchanges"))
        {
            await channel.ExchangeDeclareAsync(
                Text(exchange, "name"), Text(exchange, "type"), Flag(exchange, "durable"),
                Flag(exchange, "auto_delete"), Arguments(exchange), cancellationToken: ct);
        }

        foreach (var queue in Items(definitions, "queues"))
        {
            await channel.QueueDeclareAsync(
                Text(queue, "name"), Flag(queue, "durable"), exclusive: false, Flag(queue, "auto_delete"),
                Arguments(queue), cancellationToken: ct);
        }

        foreach (var binding in Items(definitions, "bindings"))
            await BindAsync(channel, binding, ct);
        if (allIsHeard) await HearTheRestAsync(channel, definitions, ct);
    }

    private static async Task HearTheRestAsync(IChannel channel, JsonObject definitions, CancellationToken ct)
    {
        const string Others = "others";
        var heard = Items(definitions, "bindings").Select(binding => Text(binding, "source")).ToHashSet(StringComparer.Ordinal);
        var forgetting = new Dictionary<string, object?> { ["x-max-length"] = 0 };
        await channel.QueueDeclareAsync(
            Others, durable: true, exclusive: false, autoDelete: false, forgetting, cancellationToken: ct);
        foreach (var exchange in Items(definitions, "exchanges").Select(exchange => Text(exchange, "name")))
        {
            if (!heard.Contains(exchange)) await channel.QueueBindAsync(Others, exchange, "", cancellationToken: ct);
        }
    }

    private static Task BindAsync(IChannel channel, JsonObject binding, CancellationToken ct)
    {
        var (from, to) = (Text(binding, "source"), Text(binding, "destination"));
        var key = Text(binding, "routing_key");
        return string.Equals(Text(binding, "destination_type"), "queue", StringComparison.Ordinal)
            ? channel.QueueBindAsync(to, from, key, Arguments(binding), cancellationToken: ct)
            : channel.ExchangeBindAsync(to, from, key, Arguments(binding), cancellationToken: ct);
    }

    private static IEnumerable<JsonObject> Items(JsonObject definitions, string kind) =>
        (definitions[kind]?.AsArray() ?? []).Select(item => item!.AsObject());

    private static string Text(JsonObject item, string name) => item[name]?.GetValue<string>() ?? "";

    private static bool Flag(JsonObject item, string name) => item[name]?.GetValue<bool>() ?? false;

    private static Dictionary<string, object?> Arguments(JsonObject item) =>
        (item["arguments"]?.AsObject() ?? []).ToDictionary(
            pair => pair.Key,
            object? (pair) => pair.Value!.GetValueKind() switch
            {
                System.Text.Json.JsonValueKind.Number => pair.Value.GetValue<long>(),
                System.Text.Json.JsonValueKind.True => true,
                System.Text.Json.JsonValueKind.False => false,
                _ => pair.Value.GetValue<string>(),
            },
            StringComparer.Ordinal);
}
