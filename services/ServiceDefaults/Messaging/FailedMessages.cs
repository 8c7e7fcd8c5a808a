using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EPerfect.ServiceDefaults;

/// <summary>Which of the messages of a queue.</summary>
internal sealed record WhichMessages(string? Failure, Guid? MessageId)
{
    public bool Has(FailedMessage message) =>
        (Failure is null || message.Failure == Failure) && (MessageId is null || message.MessageId == MessageId);
}

/// <summary>
/// The messages that kept failing, one by one. Looking takes each for a moment and lets go of it again; moving lets go only
/// when the broker has confirmed that the message stands elsewhere. So whenever this is killed, a message is there once or
/// twice, under the same id, and never not at all.
/// </summary>
internal sealed class FailedMessages(Uri broker, ServiceDefinition definition) : IDisposable
{
    /// <summary>Out of the way: no alarm counts what lies there. Made when something is put there first.</summary>
    public const string ArchiveSuffix = "_archived";

    /// <summary>By one order, so that it ends while whoever gave it waits.</summary>
    private const int MostMoved = 500;

    /// <summary>What one looks at, another cannot move meanwhile.</summary>
    private readonly SemaphoreSlim one = new(1, 1);

    public Subscribed? Find(string queue) => definition.Subscriptions.FirstOrDefault(one => one.Queue == queue);

    /// <summary>Looks at those in the error queues, or in the archives.</summary>
    public Task<IReadOnlyList<FailedMessage>> LookAsync(bool archived, int most, CancellationToken cancellationToken) =>
        AloneAsync(async connection =>
        {
            var found = new List<FailedMessage>();
            foreach (var subscription in definition.Subscriptions)
            {
                await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
                var queue = subscription.Queue + (archived ? ArchiveSuffix : ErrorQueues.Suffix);
                if (await DepthAsync(channel, queue, cancellationToken) == 0) continue;
                var here = 0;
                for (; found.Count < most; here++)
                {
                    if (await channel.BasicGetAsync(queue, autoAck: false, cancellationToken) is not { } message) break;
                    found.Add(FailedMessage.Of(subscription, message));
                }

                if (here > 0) await LetGoAsync(channel, queue, here, cancellationToken);
            }

            return (IReadOnlyList<FailedMessage>)found;
        }, cancellationToken);

    /// <summary>Gives them to their queue again, under their old ids.</summary>
    public Task<int> ReplayAsync(Subscribed queue, WhichMessages which, CancellationToken cancellationToken) =>
        MoveAsync(queue, ErrorQueues.Suffix, "", which, cancellationToken);

    public Task<int> ArchiveAsync(Subscribed queue, WhichMessages which, CancellationToken cancellationToken) =>
        MoveAsync(queue, ErrorQueues.Suffix, ArchiveSuffix, which, cancellationToken);

    /// <summary>From the archive to the error queue.</summary>
    public Task<int> FetchBackAsync(Subscribed queue, WhichMessages which, CancellationToken cancellationToken) =>
        MoveAsync(queue, ArchiveSuffix, ErrorQueues.Suffix, which, cancellationToken);

    public void Dispose() => one.Dispose();

    private Task<int> MoveAsync(
        Subscribed queue, string from, string to, WhichMessages which, CancellationToken cancellationToken) =>
        AloneAsync(async connection =>
        {
            await using var channel = await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
                cancellationToken);
            if (to == ArchiveSuffix) await MakeArchiveAsync(channel, queue.Queue + to, cancellationToken);
            // Only what lies there now: a message that fails again at once must not be turned round for ever.
            var waiting = await DepthAsync(channel, queue.Queue + from, cancellationToken);
            var (moved, kept) = (0, 0);
            while (moved + kept < waiting && moved < MostMoved
                && await channel.BasicGetAsync(queue.Queue + from, autoAck: false, cancellationToken) is { } message)
            {
                if (!which.Has(FailedMessage.Of(queue, message)))
                {
                    kept++;
                    continue;
                }

                var properties = to.Length == 0
                    ? ErrorQueues.Cleaned(message.BasicProperties)
                    : new BasicProperties(message.BasicProperties);
                await channel.BasicPublishAsync(
                    queue.Queue + to, "", mandatory: true, properties, message.Body, cancellationToken);
                await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
                moved++;
            }

            if (kept > 0) await LetGoAsync(channel, queue.Queue + from, kept, cancellationToken);
            return moved;
        }, cancellationToken);

    /// <summary>All that was taken goes back to its place. Waits a little until it is there, for whoever asks next. Killed
    /// before, the broker does it by itself.</summary>
    private static async Task LetGoAsync(IChannel channel, string queue, int taken, CancellationToken cancellationToken)
    {
        await channel.BasicNackAsync(0, multiple: true, requeue: true, cancellationToken);
        for (var look = 0; look < 20 && await DepthAsync(channel, queue, cancellationToken) < taken; look++)
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
    }

    private static async Task MakeArchiveAsync(IChannel channel, string queue, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(
            queue, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(
            queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" },
            cancellationToken: cancellationToken);
        await channel.QueueBindAsync(queue, queue, "", cancellationToken: cancellationToken);
    }

    /// <summary>None while there is no such queue; the channel is of no use then.</summary>
    private static async Task<uint> DepthAsync(IChannel channel, string queue, CancellationToken cancellationToken)
    {
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, cancellationToken)).MessageCount;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == 404)
        {
            return 0;
        }
    }

    private async Task<T> AloneAsync<T>(Func<IConnection, Task<T>> act, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }
                .CreateConnectionAsync($"{definition.Name} failed messages", cancellationToken);
            return await act(connection);
        }
        catch (BrokerUnreachableException away)
        {
            throw new TimeoutException("The broker is away.", away);
        }
        finally
        {
            one.Release();
        }
    }
}
