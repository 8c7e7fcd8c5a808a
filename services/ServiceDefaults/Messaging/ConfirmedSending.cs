using JasperFx.Events;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace EPerfect.ServiceDefaults;

/// <summary>Gives a message to the broker, under an id that follows from the event, until the broker says that it has
/// it.</summary>
internal sealed partial class ConfirmedSending(ServiceDefinition definition, IBus bus, ILogger<ConfirmedSending> logger)
{
    /// <summary>The client in use can wait for ever for a confirm after the broker restarted; the message is then sent
    /// again.</summary>
    private static readonly TimeSpan MostTimeToConfirm = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Tries until the broker has confirmed. Failing the page instead would send again what is already confirmed, and
    /// the daemon does not always survive a failed page (see StoppedShards).
    /// </summary>
    public async Task SendAsync(IEvent e, string name, object message, CancellationToken cancellationToken)
    {
        var messageId = DeterministicId.From(e.Id, name);
        using var activity = MessagingSpan.Start(
            "publish",
            name,
            MessagingSpan.RabbitMq,
            $"{messageId:D}",
            e.GetHeader(CommandContext.TraceParentHeader)?.ToString());
        activity?.SetTag("eperfect.stream.id", e.StreamId);
        activity.TellOf(message);
        while (true)
        {
            try
            {
                await TrySendAsync(e, messageId, message, cancellationToken);
                return;
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                if (failure is MessageReturnedException) LogNoQueue(name, e.Sequence);
                else LogNotConfirmed(failure.GetType().Name, name, e.Sequence);
                await Task.Delay(Publisher.PauseBetweenTries, cancellationToken);
            }
        }
    }

    private async Task TrySendAsync(IEvent e, Guid messageId, object message, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(MostTimeToConfirm);
        var confirmed = bus.Publish(
            message,
            message.GetType(),
            context =>
            {
                context.MessageId = messageId;
                context.InitiatorId = e.Id;
                if (Guid.TryParseExact(e.CorrelationId, "N", out var correlation)) context.CorrelationId = correlation;
                context.Headers.Set("event-sequence", e.Sequence);
                // A broker that was set up anew has the exchange, which we declare, but not the queues of others: it would
                // confirm, and throw it away.
                if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
                    rabbit.Mandatory = !definition.MayGoUnheard.Contains(message.GetType());
            },
            timeout.Token);
        await confirmed.WaitAsync(MostTimeToConfirm, cancellationToken);
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "no queue takes {Event}, sequence {Sequence}: the broker lacks deploy/topology.json; tried again")]
    private partial void LogNoQueue(string @event, long sequence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Failure}: {Event} of sequence {Sequence} is not confirmed; tried again")]
    private partial void LogNotConfirmed(string failure, string @event, long sequence);
}
