using System.Diagnostics;
using OpenTelemetry;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// What libraries tell of their spans, before it leaves: named by today's semantic conventions, and without what a person
/// may have written into an address, or into what failed.
/// </summary>
internal sealed class SpanConventions : BaseProcessor<Activity>
{
    /// <summary>What a person's program says of itself, and asks for in words.</summary>
    private static readonly string[] Left = ["user_agent.original", "url.query", "exception.message"];

    private static readonly string[] Operations = ["send", "receive", "process"];

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == "MassTransit") Rename(data);
        foreach (var tag in Left) data.SetTag(tag, null);
        if (data.GetTagItem("url.path") is string path) data.SetTag("url.path", SpanPath.Of(path));
        if (data.GetTagItem("url.full") is string address) data.SetTag("url.full", SpanPath.OfAddress(address));
        TellOfException(data);
        // Ours names a type; another's is the message of an exception, which may quote what it was given.
        if (data.Status == ActivityStatusCode.Error && data.Source.Name != Telemetry.Name)
            data.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>The event that a library makes of an exception stays here (<see cref="TelemetrySetup"/>), for it quotes its
    /// message; of what kind it was and where it was thrown becomes attributes.</summary>
    private static void TellOfException(Activity span)
    {
        foreach (var told in span.Events.Where(told => told.Name == "exception"))
        {
            var tags = told.Tags.ToDictionary(tag => tag.Key, tag => tag.Value as string, StringComparer.Ordinal);
            span.SetTag("error.type", tags.GetValueOrDefault("exception.type"));
            span.SetTag("exception.stacktrace", Failures.FramesOf(tags.GetValueOrDefault("exception.stacktrace")));
        }
    }

    /// <summary>It still writes <c>{destination} {operation}</c>, as the conventions once had it.</summary>
    private static void Rename(Activity span)
    {
        if (span.DisplayName.Split(' ') is not [var destination, var operation] || !Operations.Contains(operation)) return;
        span.DisplayName = $"{operation} {destination}";
        span.SetTag("messaging.operation", null);
        MessagingSpan.Describe(span, operation, operation, destination, MessagingSpan.RabbitMq);
    }
}
