namespace EPerfect.Benchmarks;

internal static class Rounds
{
    public static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    /// <summary>A turn in which something was refused measures nothing.</summary>
    public static void Demand(params IEnumerable<Measured> all)
    {
        if (all.FirstOrDefault(measured => measured.Refused > 0) is { } refused)
            throw new InvalidOperationException($"{refused.Refused} requests were refused, the first with {refused.Refusal}");
        if (all.Any(measured => measured.Count == 0)) throw new InvalidOperationException("Nothing was answered.");
    }
}
