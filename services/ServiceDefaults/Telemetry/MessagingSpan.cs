using System.Diagnostics;

namespace EPerfect.ServiceDefaults;

/// <summary>What the semantic conventions ask of a span about a message: <c>{operation} {destination}</c>, and the
/// same as attributes.</summary>
public static class MessagingSpan
{
    /// <summary>The system by which services, and queues of partners, get messages.</summary>
    public const string RabbitMq = "rabbitmq";

    /// <summary>Begins to give a message away.</summary>
    /// <param name="operation">What is done: <c>publish</c>, <c>send</c>.</param>
    /// <param name="destination">Whereto: a name of few, never one of a partner.</param>
    /// <param name="system">By what.</param>
    /// <param name="messageId">Which message.</param>
    /// <param name="traceParent">The span that it follows from (W3C); null begins a trace.</param>
    /// <param name="links">Spans that it is a part of too.</param>
    public static Activity? Start(
        string operation,
        string destination,
        string system,
        string messageId,
        string? traceParent,
        params IEnumerable<ActivityLink> links)
    {
        var span = Telemetry.Source.StartActivity(
            ActivityKind.Producer, Telemetry.ParentOf(traceParent), links: links, name: $"{operation} {destination}");
        span?.SetTag("messaging.message.id", messageId);
        Describe(span, operation, "send", destination, system);
        return span;
    }

    internal static void Describe(Activity? span, string operation, string type, string destination, string system)
    {
        span?.SetTag("messaging.system", system);
        span?.SetTag("messaging.operation.name", operation);
        span?.SetTag("messaging.operation.type", type);
        span?.SetTag("messaging.destination.name", destination);
    }
}
