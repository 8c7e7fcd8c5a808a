using System.Text.Json.Nodes;

namespace EPerfect.Launcher.Demo;

/// <summary>Finds the spans of one trace in the files that the processes write.</summary>
internal sealed class TraceOf(string folder, string traceId)
{
    private const string Sent = "send ";

    public string Id => traceId;

    /// <summary>The messages that were sent, oldest first: by whom, and what.</summary>
    public IReadOnlyList<(string Service, string Message)> Messages() =>
        [.. Spans().Select(span => (Service: (string)span["service"]!, Name: (string)span["name"]!))
            .Where(span => span.Name.StartsWith(Sent, StringComparison.Ordinal))
            .Select(span => (span.Service, span.Name[Sent.Length..]))];

    public bool Holds(string message) =>
        Messages().Any(sent => string.Equals(sent.Message, message, StringComparison.Ordinal));

    /// <summary>Every process that took part, in the order in which they came in.</summary>
    public IReadOnlyList<string> Services() =>
        [.. Spans().Select(span => (string)span["service"]!).Distinct(StringComparer.Ordinal)];

    private IEnumerable<JsonNode> Spans() => Directory.GetFiles(folder, "*.jsonl")
        .SelectMany(file => LogTail.ReadFrom(file, 0).Split('\n'))
        .Where(line => line.Contains(traceId, StringComparison.Ordinal) && line.EndsWith('}'))
        .Select(line => JsonNode.Parse(line)!)
        .OrderBy(span => (DateTime)span["start"]!);
}
