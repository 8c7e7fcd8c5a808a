using System.Text.Json;

namespace EPerfect.Testing;

/// <summary>One span of a trace file.</summary>
/// <param name="TraceId">The trace.</param>
/// <param name="SpanId">The span.</param>
/// <param name="ParentId">Its parent; zeros if it has none.</param>
/// <param name="Service">Who did it.</param>
/// <param name="Name">What was done.</param>
/// <param name="Kind">Such as <c>Server</c>.</param>
/// <param name="Tags">Its attributes.</param>
/// <param name="Links">Spans of other traces that it belongs to too: <c>{trace}-{span}</c>.</param>
public sealed record Span(
    string TraceId,
    string SpanId,
    string ParentId,
    string Service,
    string Name,
    string Kind,
    IReadOnlyDictionary<string, string?> Tags,
    IReadOnlyList<string> Links);

/// <summary>Reads the trace files of a platform.</summary>
public static class Traces
{
    /// <summary>All spans written so far.</summary>
    /// <param name="folder">Where the files are.</param>
    public static IReadOnlyList<Span> Read(string folder)
    {
        var spans = new List<Span>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.jsonl"))
        {
            using var reader = new StreamReader(
                new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            while (reader.ReadLine() is { } line)
            {
                // The last line may be half written.
                if (!line.EndsWith('}')) continue;
                spans.Add(JsonSerializer.Deserialize<Span>(line, JsonSerializerOptions.Web)!);
            }
        }

        return spans;
    }
}
