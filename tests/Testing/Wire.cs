using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EPerfect.Testing;

/// <summary>Stands for the other services: sends what they would send, and hears what they would hear.</summary>
public sealed class Wire : IAsyncDisposable
{
    private readonly IConnection connection;
    private readonly IChannel channel;

    private Wire(IConnection connection, IChannel channel) => (this.connection, this.channel) = (connection, channel);

    /// <summary>Connects as the operator, who may touch every name.</summary>
    /// <param name="host">Where.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Wire> ConnectAsync(TestVirtualHost host, CancellationToken ct = default)
    {
        var open = await new ConnectionFactory { Uri = new Uri(host.Operator) }.CreateConnectionAsync(ct);
        var confirmed = new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        return new Wire(open, await open.CreateChannelAsync(confirmed, ct));
    }

    /// <summary>Publishes an event as the platform's services do, and waits until the broker has it.</summary>
    /// <typeparam name="T">The contract.</typeparam>
    /// <param name="name">The event's name on the wire.</param>
    /// <param name="message">The event.</param>
    /// <param name="id">The message's id; the same again is a repeat.</param>
    /// <param name="ct">Gives up.</param>
    public async Task PublishAsync<T>(string name, T message, Guid id, CancellationToken ct = default)
    {
        var envelope = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                messageId = id,
                messageType = new[] { $"urn:message:{typeof(T).Namespace}:{typeof(T).Name}" },
                message,
            },
            JsonSerializerOptions.Web);
        var properties = new BasicProperties
        {
            ContentType = "application/vnd.masstransit+json",
            MessageId = id.ToString(),
            Persistent = true,
        };
        await channel.BasicPublishAsync(name, "", mandatory: false, properties, envelope, ct);
    }

    /// <summary>Listens to an event from now on.</summary>
    /// <param name="name">The event's name on the wire.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The messages' bodies, growing as they arrive.</returns>
    public async Task<IReadOnlyCollection<JsonObject>> HearAsync(string name, CancellationToken ct = default)
    {
        var heard = new ConcurrentQueue<JsonObject>();
        var queue = await channel.QueueDeclareAsync(cancellationToken: ct);
        await channel.QueueBindAsync(queue.QueueName, name, "", cancellationToken: ct);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            heard.Enqueue(JsonNode.Parse(delivery.Body.Span)!["message"]!.AsObject());
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, ct);
        return heard;
    }

    /// <summary>Hangs up.</summary>
    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
