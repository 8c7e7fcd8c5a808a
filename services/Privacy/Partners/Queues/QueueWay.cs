using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using EPerfect.Privacy.Partners.Delivery;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>
/// Into the partner's own queue: CloudEvents 1.0 in binary mode, persistent, confirmed by the broker. Only so far ahead of
/// the partner that what lies there can pass the gate again.
/// </summary>
internal sealed partial class QueueWay(
    QueueChannel channels,
    DoorLock locks,
    PartnerDoor doors,
    PassAgain again,
    ILogger<QueueWay> logger) : IFeedWay, IAsyncDisposable
{
    public const string Way = "amqp";

    /// <summary>With as many unread, no more is added.</summary>
    internal const int FarthestAhead = 1000;

    /// <summary>The client in use can wait for ever for a confirm after the broker restarted.</summary>
    private static readonly TimeSpan MostTimeToConfirm = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan WhileFull = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileBrokerIsAway = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WhileThereIsNone = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, IChannel> open = new();

    public string Name => Way;

    public int MostAtOnce => 100;

    public async Task<TimeSpan?> NotBeforeAsync(Guid partnerId, CancellationToken cancellationToken)
    {
        try
        {
            if (await ChannelAsync(partnerId, cancellationToken) is not { } channel) return WhileThereIsNone;
            var queue = await channel.QueueDeclarePassiveAsync(PartnerQueue.NameOf(partnerId), cancellationToken);
            return queue.MessageCount + MostAtOnce > FarthestAhead ? WhileFull : null;
        }
        catch (Exception failure) when (IsAway(failure, cancellationToken))
        {
            await LostAsync(failure, partnerId);
            return WhileBrokerIsAway;
        }
    }

    public async Task<IUnread?> TakeUnreadAsync(Guid partnerId, CancellationToken cancellationToken)
    {
        try
        {
            return await again.TakeAsync(partnerId, cancellationToken);
        }
        catch (Exception failure) when (IsAway(failure, cancellationToken))
        {
            LogAway(failure.GetType().Name, partnerId);
            return null;
        }
    }

    public async Task<Sending> SendAsync(Parcel parcel, CancellationToken cancellationToken)
    {
        var confirmed = 0;
        try
        {
            if (await ChannelAsync(parcel.PartnerId, cancellationToken) is not { } channel)
                return new Sending(0, WhileThereIsNone);
            // All at once on one channel, which keeps the order; each is done when the broker has it.
            var sendings = new List<Task>(parcel.Events.Count);
            foreach (var one in parcel.Events) sendings.Add(PublishAsync(channel, parcel.PartnerId, one, cancellationToken));
            foreach (var sending in sendings)
            {
                await sending.WaitAsync(MostTimeToConfirm, cancellationToken);
                confirmed++;
            }

            return new Sending(confirmed);
        }
        catch (Exception failure) when (IsAway(failure, cancellationToken))
        {
            await LostAsync(failure, parcel.PartnerId);
            return new Sending(confirmed, WhileBrokerIsAway);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in open.Values) await channel.DisposeAsync();
    }

    /// <summary>Whether it is the broker that does not answer, or refuses for now.</summary>
    internal static bool IsAway(Exception failure, CancellationToken cancellationToken) =>
        failure is RabbitMQClientException or IOException or HttpRequestException or ObjectDisposedException or TimeoutException
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private async Task LostAsync(Exception failure, Guid partner)
    {
        LogAway(failure.GetType().Name, partner);
        if (!open.TryRemove(partner, out var broken)) return;
        // It may hang as what it was waiting for did; the connection is opened anew if that is lost too.
        await broken.DisposeAsync().AsTask().WaitAsync(MostTimeToConfirm).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <returns>Null if there is no queue any more: what went with the agreement is not laid again by who was late.</returns>
    private async Task<IChannel?> ChannelAsync(Guid partner, CancellationToken cancellationToken)
    {
        if (open.TryGetValue(partner, out var channel) && channel.IsOpen) return channel;
        channel = await channels.CreateAsync(cancellationToken);
        try
        {
            await using var held = await locks.TakeAsync(partner, cancellationToken);
            if ((await doors.LookAsync(partner, cancellationToken)).Door == Door.Gone) return null;
            await QueueChannel.LayAsync(channel, partner, cancellationToken);
            return open[partner] = channel;
        }
        finally
        {
            if (open.GetValueOrDefault(partner) != channel) await channel.DisposeAsync();
        }
    }

    private static async Task PublishAsync(
        IChannel channel, Guid partner, CloudEvent one, CancellationToken cancellationToken)
    {
        using var span = DeliverySpan.Start(one, partner, Way, MessagingSpan.RabbitMq);
        try
        {
            await channel.BasicPublishAsync(
                PartnerQueue.Exchange,
                PartnerQueue.NameOf(partner),
                mandatory: true,
                PropertiesOf(one),
                JsonSerializer.SerializeToUtf8Bytes(one.Data),
                cancellationToken);
        }
        catch (Exception failure)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
            throw;
        }
    }

    private static BasicProperties PropertiesOf(CloudEvent one) => new()
    {
        MessageId = one.Id,
        ContentType = one.Attributes[CloudEvent.DataContentType],
        DeliveryMode = DeliveryModes.Persistent,
        Type = one.Attributes["type"],
        Headers = one.Attributes
            .Where(pair => pair.Key != CloudEvent.DataContentType)
            .ToDictionary(pair => $"cloudEvents:{pair.Key}", object? (pair) => pair.Value, StringComparer.Ordinal),
    };

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "{Failure}: nothing goes into the queue of partner {PartnerId} for a moment")]
    private partial void LogAway(string failure, Guid partnerId);
}
