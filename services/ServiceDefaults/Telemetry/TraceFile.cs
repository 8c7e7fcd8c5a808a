using System.Diagnostics;
using System.Text.Json;
using OpenTelemetry;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Writes spans as JSON lines into a file: traces for one machine without a collector. Tags hold ids and codes only.
/// </summary>
internal sealed class TraceFile(string path, string service) : BaseExporter<Activity>
{
    private readonly StreamWriter writer = new(
        new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
    { AutoFlush = false };

    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var span in batch)
        {
            writer.WriteLine(JsonSerializer.Serialize(new
            {
                traceId = span.TraceId.ToHexString(),
                spanId = span.SpanId.ToHexString(),
                parentId = span.ParentSpanId.ToHexString(),
                service,
                name = span.DisplayName,
                kind = span.Kind.ToString(),
                start = span.StartTimeUtc,
                milliseconds = span.Duration.TotalMilliseconds,
                status = span.Status.ToString(),
                tags = span.TagObjects.ToDictionary(tag => tag.Key, tag => tag.Value?.ToString(), StringComparer.Ordinal),
                links = span.Links.Select(link => $"{link.Context.TraceId.ToHexString()}-{link.Context.SpanId.ToHexString()}"),
            }));
        }

        writer.Flush();
        return ExportResult.Success;
    }

    protected override bool OnShutdown(int timeoutMilliseconds)
    {
        writer.Dispose();
        return true;
    }
}
