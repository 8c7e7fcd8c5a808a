using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EPerfect.ServiceDefaults;

/// <summary>The messages that kept failing: how many, and back to work with them once the cause is mended.</summary>
public sealed class ErrorQueues(Uri broker, ServiceDefinition definition)
{
    internal const string Suffix = "_error";

    /// <summary>The queues of this service that have an error queue.</summary>
    public IEnumerable<string> Queues => definition.Subscriptions.Select(subscription => subscription.Queue);

    /// <summary>Counts what lies in the error queues.</summary>
    /// <param name="cancellationToken">Cancels the count.</param>
    /// <returns>The queues that are not empty, with their depth.</returns>
    public async Task<IReadOnlyDictionary<string, uint>> CountAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var asking = new Asking(connection);
        var depths = new Dictionary<string, uint>(StringComparer.Ordinal);
        foreach (var queue in Queues)
        {
            if (await asking.DepthAsync(queue + Suffix, cancellationToken) is > 0 and var depth) depths.Add(queue, depth);
        }

        return depths;
    }

    /// <summary>Counts what waits, is parked and kept failing, queue by queue.</summary>
    internal async Task<IReadOnlyList<(string Queue, uint Waiting, uint Parked, uint Poisoned)>> DepthsAsync(
        CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var asking = new Asking(connection);
        var depths = new List<(string, uint, uint, uint)>();
        foreach (var queue in Queues)
        {
            depths.Add((
                queue,
                await asking.DepthAsync(queue, cancellationToken),
                await asking.DepthAsync(Parking.QueueOf(queue), cancellationToken),
                await asking.DepthAsync(queue + Suffix, cancellationToken)));
        }

        return depths;
    }

    /// <summary>
    /// Gives the messages of one error queue to their queue again, under their old ids, so that one which did have its
    /// effect does not have it twice. Each leaves the error queue only when the broker has confirmed that it stands in
    /// the other.
    /// </summary>
    /// <param name="queue">The queue, one of <see cref="Queues"/>.</param>
    /// <param name="cancellationToken">Stops between two messages.</param>
    /// <returns>How many were given back.</returns>
    public async Task<int> ReplayAsync(string queue, CancellationToken cancellationToken)
    {
        if (!Queues.Contains(queue, StringComparer.Ordinal))
            throw new ArgumentException($"{definition.Name} has no queue {queue}.", nameof(queue));
        await using var connection = await ConnectAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            cancellationToken);
        // Only what lies there now: a message that fails again at once must not be turned round for ever.
        var waiting = (await channel.QueueDeclarePassiveAsync(queue + Suffix, cancellationToken)).MessageCount;
        var replayed = 0;
        while (replayed < waiting
            && await channel.BasicGetAsync(queue + Suffix, autoAck: false, cancellationToken) is { } message)
        {
            await channel.BasicPublishAsync(
                queue, "", mandatory: true, Cleaned(message.BasicProperties), message.Body, cancellationToken);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
            replayed++;
        }

        return replayed;
    }

    /// <summary>Takes away what failed before a time, archived or not. The event itself stays where it was stored.</summary>
    /// <param name="before">The time.</param>
    /// <param name="cancellationToken">Stops between two messages.</param>
    /// <returns>How many were taken away.</returns>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var forgotten = 0;
        await using var connection = await ConnectAsync(cancellationToken);
        await using var asking = new Asking(connection);
        foreach (var queue in Queues.SelectMany(queue => new[] { queue + Suffix, queue + FailedMessages.ArchiveSuffix }))
        {
            if (await asking.DepthAsync(queue, cancellationToken) is not (> 0 and var depth)) continue;
            // What is not acknowledged goes back to where it was when the channel closes.
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            for (var seen = 0; seen < depth; seen++)
            {
                if (await channel.BasicGetAsync(queue, autoAck: false, cancellationToken) is not { } message) break;
                // Not in the order in which they failed: an older one may lie behind. Nobody noted when: then it is kept.
                if (!(FailedMessage.FailedAtOf(message.BasicProperties) < before)) continue;
                await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
                forgotten++;
            }
        }

        return forgotten;
    }

    /// <summary>What was noted about the fault, and how often it was parked, is history.</summary>
    internal static BasicProperties Cleaned(IReadOnlyBasicProperties properties)
    {
        var cleaned = new BasicProperties(properties);
        if (cleaned.Headers is { } headers)
        {
            foreach (var name in headers.Keys.Where(IsHistory).ToArray()) headers.Remove(name);
        }

        return cleaned;
    }

    private static bool IsHistory(string header) =>
        header.StartsWith("MT-Fault", StringComparison.Ordinal) || header is "MT-Reason" or "parked-times";

    /// <summary>Asks over one channel; what is not there closes it, and then over the next.</summary>
    private sealed class Asking(IConnection connection) : IAsyncDisposable
    {
        private IChannel? channel;

        public async Task<uint> DepthAsync(string queue, CancellationToken cancellationToken)
        {
            try
            {
                channel ??= await connection.CreateChannelAsync(cancellationToken: cancellationToken);
                return (await channel.QueueDeclarePassiveAsync(queue, cancellationToken)).MessageCount;
            }
            catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == 404)
            {
                await DisposeAsync();
                channel = null;
                return 0; // nothing failed yet on a broker that was set up by hand
            }
        }

        public ValueTask DisposeAsync() => channel?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private Task<IConnection> ConnectAsync(CancellationToken cancellationToken) =>
        new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }
            .CreateConnectionAsync($"{definition.Name} error queues", cancellationToken);
}
