using System.Collections.Concurrent;
using System.Diagnostics;
using EPerfect.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EPerfect.Benchmarks;

/// <summary>A queue of the kind that partners have, with nobody in front of it: durable, replicated, confirmed.</summary>
internal sealed class BareQueue(IConnection connection, IChannel channel) : IAsyncDisposable
{
    private const string Name = "bare";

    public ConcurrentDictionary<Guid, long> Arrived { get; } = [];

    public static async Task<BareQueue> StartAsync(TestVirtualHost host)
    {
        var connection = await new ConnectionFactory { Uri = new(host.Operator) }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.QueueDeclareAsync(
            Name, durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" });
        var queue = new BareQueue(connection, channel);
        await ConsumeAsync(await connection.CreateChannelAsync(), Name, queue.Arrived);
        return queue;
    }

    public async Task<(Guid Id, long At)> PublishAsync()
    {
        var (id, at) = (Guid.NewGuid(), Stopwatch.GetTimestamp());
        var properties = new BasicProperties { MessageId = $"{id:D}", DeliveryMode = DeliveryModes.Persistent };
        await channel.BasicPublishAsync("", Name, mandatory: true, properties, new byte[200]);
        return (id, at);
    }

    public static async Task ConsumeAsync(IChannel channel, string queue, ConcurrentDictionary<Guid, long> arrived)
    {
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            arrived.TryAdd(Guid.Parse(message.BasicProperties.MessageId!), Stopwatch.GetTimestamp());
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        };
        await channel.BasicQosAsync(0, prefetchCount: 200, global: false);
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
