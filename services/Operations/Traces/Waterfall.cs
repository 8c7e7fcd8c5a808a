namespace EPerfect.Operations.Traces;

/// <param name="Span">The piece of work.</param>
/// <param name="Depth">Of how many others it is a part.</param>
/// <param name="AfterMilliseconds">When it began, from the beginning of the trace on.</param>
internal sealed record PlacedSpan(Span Span, int Depth, double AfterMilliseconds);

/// <summary>Each piece of work below what it is a part of, by time.</summary>
internal static class Waterfall
{
    public static IReadOnlyList<PlacedSpan> Of(IReadOnlyList<Span> spans)
    {
        var known = spans.Select(span => span.SpanId).ToHashSet(StringComparer.Ordinal);
        var parts = spans.Where(span => known.Contains(span.ParentId) && span.ParentId != span.SpanId)
            .ToLookup(span => span.ParentId, StringComparer.Ordinal);
        var begin = spans.Min(span => span.Start);
        var placed = new List<PlacedSpan>(spans.Count);
        var seen = new HashSet<Span>(ReferenceEqualityComparer.Instance);
        // What a lost parent would hold stands at the margin.
        foreach (var root in spans.Where(span => !known.Contains(span.ParentId)).OrderBy(span => span.Start)) Place(root, 0);
        return placed;

        void Place(Span span, int depth)
        {
            if (!seen.Add(span)) return;
            placed.Add(new(span, depth, (span.Start - begin).TotalMilliseconds));
            foreach (var part in parts[span.SpanId].OrderBy(part => part.Start)) Place(part, depth + 1);
        }
    }
}
