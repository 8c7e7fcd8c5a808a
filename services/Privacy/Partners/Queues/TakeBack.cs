using System.Globalization;
using System.Text;
using EPerfect.Privacy.Partners.Delivery;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>
/// What lies unread in the queue of a partner that is shut out is taken back: when deliveries go on, it passes the gate
/// again, for consent may be withdrawn or a person erased by then. The place moves before anything is removed, and a lane that
/// waits for the broker to confirm what we hold stores no place beyond it: killed in between, some comes twice and nothing
/// is lost.
/// </summary>
internal sealed class TakeBack(QueueChannel channels, FeedProgressStore progress)
{
    private const string Position = "cloudEvents:position";

    public async Task AllAsync(Guid partner, CancellationToken cancellationToken)
    {
        try
        {
            await TakeAsync(partner, cancellationToken);
        }
        catch (OperationInterruptedException none) when (none.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            // There is no queue: nothing lies there.
        }
    }

    private async Task TakeAsync(Guid partner, CancellationToken cancellationToken)
    {
        await using var channel = await channels.CreateAsync(cancellationToken);
        BasicGetResult? last = null;
        var first = long.MaxValue;
        while (await channel.BasicGetAsync(PartnerQueue.NameOf(partner), autoAck: false, cancellationToken) is { } one)
        {
            // Not always in order: what was not confirmed was sent once more.
            first = Math.Min(first, PositionOf(one) ?? long.MaxValue);
            last = one;
        }

        if (last is null) return;
        await progress.TakeBackAsync(partner, QueueWay.Way, first, cancellationToken);
        await channel.BasicAckAsync(last.DeliveryTag, multiple: true, cancellationToken);
    }

    private static long? PositionOf(BasicGetResult message) =>
        (message.BasicProperties.Headers?.TryGetValue(Position, out var noted) == true ? noted : null) switch
        {
            byte[] text when long.TryParse(
                Encoding.UTF8.GetString(text), NumberStyles.None, CultureInfo.InvariantCulture, out var at) => at,
            long at => at,
            int at => at,
            _ => null,
        };
}
