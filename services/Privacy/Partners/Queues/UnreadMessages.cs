using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>What lies unread in a partner's queue, taken out of it. What is not removed lies there again, where it was.</summary>
internal sealed class UnreadMessages : IAsyncDisposable
{
    /// <summary>A lost connection can hang.</summary>
    private static readonly TimeSpan MostTimeToClose = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan MostTimeToTake = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MostTimeToBegin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ALittle = TimeSpan.FromMilliseconds(20);

    private readonly IChannel channel;
    private readonly string queue;
    private readonly UnreadConsumer consumer;

    private UnreadMessages(IChannel channel, string queue) =>
        (this.channel, this.queue, consumer) = (channel, queue, new UnreadConsumer(channel));

    /// <summary>Where they stand in the feed, each once, in order.</summary>
    public IReadOnlyList<long> Positions => [.. consumer.Positions];

    /// <returns>None if there is no queue.</returns>
    public static async Task<UnreadMessages> TakeAsync(
        QueueChannel channels, DoorLock locks, Guid partner, CancellationToken cancellationToken)
    {
        var unread = new UnreadMessages(await channels.CreateAsync(cancellationToken), PartnerQueue.NameOf(partner));
        try
        {
            await unread.TakeAllAsync(locks, partner, cancellationToken).WaitAsync(MostTimeToTake, cancellationToken);
            return unread;
        }
        catch (OperationInterruptedException none) when (none.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return unread;
        }
        catch
        {
            await unread.DisposeAsync();
            throw;
        }
    }

    /// <summary>Nothing answers an acknowledgement: on a connection that is lost after it, it may be lost too.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (consumer.Last > 0) await channel.BasicAckAsync(consumer.Last, multiple: true, cancellationToken);
    }

    public async ValueTask DisposeAsync() => await channel.DisposeAsync().AsTask()
        .WaitAsync(MostTimeToClose).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>By one consumer, before the partner's own. Fetched one by one, each would count as a consumer of its own: what is
    /// not removed would come back in any order, and what is removed could stay.</summary>
    private async Task TakeAllAsync(DoorLock locks, Guid partner, CancellationToken cancellationToken)
    {
        await channel.BasicQosAsync(0, ushort.MaxValue, global: false, cancellationToken);
        var tag = await BeginAsync(locks, partner, cancellationToken);
        while (await channel.MessageCountAsync(queue, cancellationToken) > 0) await Task.Delay(ALittle, cancellationToken);
        await channel.BasicCancelAsync(tag, cancellationToken: cancellationToken);
        await consumer.Ended.WaitAsync(cancellationToken);
    }

    /// <summary>Not while the queue is being laid: the broker fails at that, and closes the connection. Whoever waits to shut the
    /// partner out waits a moment at most.</summary>
    private async Task<string> BeginAsync(DoorLock locks, Guid partner, CancellationToken cancellationToken)
    {
        await using var held = await locks.TakeAsync(partner, cancellationToken);
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        inTime.CancelAfter(MostTimeToBegin);
        return await channel.BasicConsumeAsync(
            queue,
            autoAck: false,
            consumerTag: "",
            noLocal: false,
            exclusive: false,
            new Dictionary<string, object?> { ["x-priority"] = int.MaxValue },
            consumer,
            inTime.Token);
    }
}
