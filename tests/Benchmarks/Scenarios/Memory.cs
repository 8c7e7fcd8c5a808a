namespace EPerfect.Benchmarks;

/// <summary>
/// Whether the five processes grow while they serve: orders at a constant rate, paid and delivered, and what they hold resident
/// at the end of each minute. The first quarter warms up; the last is compared with the second.
/// </summary>
internal static class Memory
{
    private const double PerSecond = 20;

    public static async Task<IReadOnlyList<Finding>> RunAsync(Stage stage)
    {
        var minutes = new List<IReadOnlyDictionary<string, double>>();
        while (minutes.Count < stage.Options.Minutes)
        {
            var placed = await stage.Generator.OpenAsync(
                await PlaceOrders.TargetAsync(stage), PerSecond, stage.Options.Connections, TimeSpan.FromMinutes(1));
            Rounds.Demand(placed);
            minutes.Add(AtRest.MemoryOfEach(stage));
            Stage.Say($"minute {minutes.Count}: {Told(minutes[^1])}; {placed}");
        }

        await stage.SettleAsync();
        var quarter = minutes.Count / 4;
        var early = Middle(minutes[quarter..(2 * quarter)]);
        var late = Middle(minutes[^quarter..]);
        return
        [
            new(
                $"memory in the last quarter of {minutes.Count} minutes at {PerSecond:F0} orders/s, of that in the second",
                Told(late), Told(early), late.Values.Sum() / early.Values.Sum(), Aim.Under(1.1)),
        ];
    }

    /// <summary>The median of each process by itself.</summary>
    private static Dictionary<string, double> Middle(List<IReadOnlyDictionary<string, double>> minutes) =>
        minutes[0].Keys.ToDictionary(
            name => name, name => Rounds.Median([.. minutes.Select(minute => minute[name])]), StringComparer.Ordinal);

    private static string Told(IReadOnlyDictionary<string, double> memory) =>
        $"{memory.Values.Sum():F0} MB (" + string.Join(", ", memory.Select(each => $"{each.Key} {each.Value:F0}")) + ")";
}
