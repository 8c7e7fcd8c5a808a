using System.Text.Json.Nodes;

namespace EPerfect.Launcher.Demo;

/// <summary>Finds the spans of one trace in the files that the processes write.</summary>
internal sealed class TraceOf(string folder, string traceId)
{
    /// <summary>The messages that were sent, oldest first: by whom, and what.</summary>
    public IReadOnlyList<(string Service, string Message)> Messages() =>
        [.. Spans()
            .Where(span => (string?)span["kind"] is "Producer" && ((string)span["name"]!).EndsWith(" send", StringComparison.Ordinal))
            .OrderBy(span => (DateTime)span["start"]!)
            .Select(span => ((string)span["service"]!, ((string)span["name"]!)[..^" send".Length]))];

    public bool Holds(string message) =>
        Messages().Any(sent => string.Equals(sent.Message, message, StringComparison.Ordinal));

    /// <summary>Every process that took part, in the order in which they came in.</summary>
    public IReadOnlyList<string> Services() =>
        [.. Spans().OrderBy(span => (DateTime)span["start"]!)
            .Select(span => (string)span["service"]!).Distinct(StringComparer.Ordinal)];

    private List<JsonNode> Spans() =>
        [.. Directory.GetFiles(folder, "*.jsonl")
            .SelectMany(file => LogTail.ReadFrom(file, 0).Split('\n'))
            .Where(line => line.Contains(traceId, StringComparison.Ordinal) && line.EndsWith('}'))
            .Select(line => JsonNode.Parse(line)!)];
}
