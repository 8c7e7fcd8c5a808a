namespace EPerfect.Operations.Lag;

/// <summary>Where values are going: the newer half against the older one.</summary>
internal static class Trend
{
    /// <summary>As much is noise.</summary>
    private const double Tolerated = 0.1;

    public static string Of(IReadOnlyList<double> history)
    {
        if (history.Count < 2) return "steady";
        var before = history.Take(history.Count / 2).Average();
        var now = history.Skip(history.Count / 2).Average();
        return Math.Abs(now - before) <= Math.Max(1, before * Tolerated) ? "steady" : now > before ? "rising" : "falling";
    }
}
