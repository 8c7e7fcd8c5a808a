using System.Globalization;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;

namespace EPerfect.ServiceDefaults;

/// <summary>A message that kept failing: what its envelope and the headers of the fault say. Never what it says itself, nor
/// what the failure said, which may quote it.</summary>
/// <param name="Queue">The queue that it had come by.</param>
/// <param name="Event">The event that it tells of.</param>
/// <param name="Failure">The type of the exception.</param>
/// <param name="MessageId">Which message; null if it has no id.</param>
/// <param name="FailedAt">When, if anybody noted it.</param>
/// <param name="CausedBy">The event, of the service that published it.</param>
/// <param name="TraceId">The trace that it belongs to.</param>
public sealed record FailedMessage(
    string Queue, string Event, string Failure, Guid? MessageId, DateTimeOffset? FailedAt, Guid? CausedBy, string? TraceId)
{
    internal static FailedMessage Of(Subscribed subscription, BasicGetResult message)
    {
        var headers = message.BasicProperties.Headers;
        var (id, cause) = InEnvelope(message.Body);
        return new(
            subscription.Queue,
            subscription.Event,
            Text(headers, MassTransit.MessageHeaders.FaultExceptionType) ?? "unknown",
            Guid.TryParse(message.BasicProperties.MessageId, out var named) ? named : id,
            FailedAtOf(message.BasicProperties),
            cause,
            Telemetry.TraceIdOf(Text(headers, "traceparent") ?? Text(headers, "MT-Activity-Id")));
    }

    /// <summary>Null if nobody noted it.</summary>
    internal static DateTimeOffset? FailedAtOf(IReadOnlyBasicProperties properties) =>
        DateTimeOffset.TryParse(
            Text(properties.Headers, MassTransit.MessageHeaders.FaultTimestamp),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at)
            ? at
            : null;

    private static string? Text(IDictionary<string, object?>? headers, string name) =>
        headers?.TryGetValue(name, out var value) == true && value is byte[] text ? Encoding.UTF8.GetString(text) : null;

    /// <summary>What makes a message fail may be that nobody can read it.</summary>
    private static (Guid? Id, Guid? Cause) InEnvelope(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var envelope = JsonDocument.Parse(body);
            return (Id(envelope, "messageId"), Id(envelope, "initiatorId"));
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    private static Guid? Id(JsonDocument envelope, string name) =>
        envelope.RootElement is { ValueKind: JsonValueKind.Object } root
        && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && Guid.TryParse(value.GetString(), out var id)
            ? id
            : null;
}
