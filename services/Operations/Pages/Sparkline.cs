using System.Globalization;

namespace EPerfect.Operations.Pages;

/// <summary>A history as a line in a box of 90 by 20. What it shows stands beside it in words.</summary>
internal static class Sparkline
{
    private const double Width = 90;
    private const double Height = 18;

    public static string PointsOf(IReadOnlyList<double> history)
    {
        var highest = Math.Max(1, history.Max());
        return string.Join(' ', history.Select((value, place) => string.Create(
            CultureInfo.InvariantCulture,
            $"{place * Width / (history.Count - 1):0.#},{1 + Height - (value / highest * Height):0.#}")));
    }
}
