using System.Diagnostics;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Subscriptions;
using MassTransit;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// The event store is the outbox. Reads the store in order, maps what is others' business, publishes it with confirms
/// and lets
/// the progress commit afterwards. Killed in between, it publishes again under the same message ids, which consumers
/// recognise.
/// An event that cannot be mapped stops it, loudly: skipping would be losing.
/// </summary>
internal sealed class Publisher : SubscriptionBase
{
    public const string SubscriptionName = "publisher";

    /// <summary>The client in use can wait for ever for a confirm after the broker restarted; the page then simply goes
    /// again.</summary>
    private static readonly TimeSpan MostTimeToConfirm = TimeSpan.FromSeconds(10);

    private readonly ServiceDefinition definition;
    private readonly IBus bus;

    public Publisher(ServiceDefinition definition, IBus bus)
    {
        (this.definition, this.bus) = (definition, bus);
        Name = SubscriptionName;
        Options.BatchSize = 250;
    }

    public override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        // Order is kept within a stream. Across streams confirms are awaited together.
        await Task.WhenAll(page.Events
            .GroupBy(e => e.StreamId)
            .Select(stream => PublishAsync(stream, cancellationToken)));
        return NullChangeListener.Instance;
    }

    private async Task PublishAsync(IEnumerable<IEvent> events, CancellationToken cancellationToken)
    {
        foreach (var e in events)
        {
            if (definition.OutboundMap(e) is not { } message) continue;
            if (!definition.Published.TryGetValue(message.GetType(), out var name))
                throw new InvalidOperationException($"{definition.Name} maps to {message.GetType()} but does not declare it.");
            await PublishAsync(e, name, message, cancellationToken);
        }
    }

    private async Task PublishAsync(IEvent e, string name, object message, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Source.StartActivity(
            $"publish {name}", ActivityKind.Producer, e.GetHeader(CommandContext.TraceParentHeader)?.ToString());
        activity?.SetTag("messaging.message.id", e.Id);
        activity?.SetTag("stream.id", e.StreamId);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(MostTimeToConfirm);
        var confirmed = bus.Publish(
            message,
            message.GetType(),
            context =>
            {
                context.MessageId = DeterministicId.From(e.Id, name);
                context.InitiatorId = e.Id;
                if (Guid.TryParseExact(e.CorrelationId, "N", out var correlation)) context.CorrelationId = correlation;
                context.Headers.Set("event-sequence", e.Sequence);
            },
            timeout.Token);
        await confirmed.WaitAsync(MostTimeToConfirm, cancellationToken);
    }
}
