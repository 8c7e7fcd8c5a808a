using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Traces;

/// <param name="TraceId">Which.</param>
/// <param name="Name">What began it, of what is known.</param>
/// <param name="Service">Where.</param>
/// <param name="Start">When.</param>
/// <param name="Milliseconds">From its beginning to the end of its last part.</param>
/// <param name="Spans">How many pieces of work.</param>
/// <param name="Services">Who took part.</param>
/// <param name="Failed">Something in it failed.</param>
internal sealed record TraceLine(
    string TraceId,
    string Name,
    string Service,
    DateTimeOffset Start,
    double Milliseconds,
    int Spans,
    IReadOnlyList<string> Services,
    bool Failed);

/// <param name="AreHere">False where traces go to a collector, and its pages show them.</param>
/// <param name="Traces">The newest first.</param>
internal sealed record TracesView(bool AreHere, IReadOnlyList<TraceLine> Traces);

/// <param name="TraceId">Which.</param>
/// <param name="Spans">Each after what it is a part of.</param>
internal sealed record TraceView(string TraceId, IReadOnlyList<PlacedSpan> Spans);

/// <summary>Traces of late, on a machine without a collector.</summary>
internal static class ReadTraces
{
    private const int MostTold = 100;

    public static void Map(RouteGroupBuilder operations)
    {
        operations.MapGet("/traces", async (TraceFiles files, CancellationToken ct) =>
                Results.Ok(await ListAsync(files, failedOnly: false, ct)))
            .WithName("ReadTraces")
            .WithSummary("Traces of late")
            .Produces<TracesView>();
        operations.MapGet("/traces/{id}", async (string id, TraceFiles files, CancellationToken ct) =>
                await FindAsync(files, id, ct) is { } trace ? Results.Ok(trace) : Problems.From(Refusals.NotFound("trace")))
            .WithName("ReadTrace")
            .WithSummary("A trace, part by part")
            .Produces<TraceView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    public static async Task<TracesView> ListAsync(TraceFiles files, bool failedOnly, CancellationToken ct)
    {
        var lines =
            from span in await files.LatelyAsync(ct)
            group span by span.TraceId into trace
            let first = trace.OrderBy(span => span.Start).First()
            let failed = trace.Any(span => span.Failed)
            where failed || !failedOnly
            orderby first.Start descending
            select new TraceLine(
                trace.Key, first.Name, first.Service, first.Start,
                (trace.Max(span => span.End) - first.Start).TotalMilliseconds, trace.Count(),
                [.. trace.Select(span => span.Service).Distinct().Order(StringComparer.Ordinal)], failed);
        return new(files.AreHere, [.. lines.Take(MostTold)]);
    }

    public static async Task<TraceView?> FindAsync(TraceFiles files, string id, CancellationToken ct)
    {
        if (id.Length != 32 || !id.All(char.IsAsciiHexDigitLower)) return null;
        var spans = await files.OfAsync(id, ct);
        return spans.Count == 0 ? null : new(id, Waterfall.Of(spans));
    }
}
