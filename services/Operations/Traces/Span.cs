namespace EPerfect.Operations.Traces;

/// <summary>A piece of work, as the processes of one machine write it into their trace files.</summary>
/// <param name="TraceId">What it belongs together with.</param>
/// <param name="SpanId">Which.</param>
/// <param name="ParentId">What it is a part of, or followed from; zeros for what began the trace.</param>
/// <param name="Service">Who did it.</param>
/// <param name="Name">What was done.</param>
/// <param name="Kind">Such as <c>Server</c>.</param>
/// <param name="Start">When it began.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Status"><c>Error</c> if it failed.</param>
/// <param name="Tags">Ids and codes; nothing of a person.</param>
internal sealed record Span(
    string TraceId,
    string SpanId,
    string ParentId,
    string Service,
    string Name,
    string Kind,
    DateTimeOffset Start,
    double Milliseconds,
    string Status,
    IReadOnlyDictionary<string, string?> Tags)
{
    public DateTimeOffset End => Start.AddMilliseconds(Milliseconds);

    public bool Failed => Status == "Error";
}
