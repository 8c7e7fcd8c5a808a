using System.Diagnostics;

namespace EPerfect.Benchmarks;

/// <summary>What the platform costs when nobody asks, and how long a process takes until it serves.</summary>
internal static class AtRest
{
    private static readonly string[] Ours = ["accounts", "orders", "domains", "privacy", "gateway"];

    public static async Task<IReadOnlyList<Finding>> IdleAsync(Stage stage)
    {
        await stage.SettleAsync();
        await Task.Delay(TimeSpan.FromSeconds(10));
        var (before, begun) = (Worked(stage), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(30));
        var busy = (Worked(stage) - before) / Stopwatch.GetElapsedTime(begun) * 100;
        return
        [
            new("the five processes at rest, % of one core", $"{busy:F1} %", "", busy),
            new("their memory, MB resident", $"{Memory(stage):F0} MB", "", Memory(stage)),
        ];
    }

    public static async Task<IReadOnlyList<Finding>> StartAsync(Stage stage)
    {
        var findings = new List<Finding>();
        foreach (var name in Ours)
        {
            var took = new List<double>();
            for (var round = 0; round < stage.Options.Rounds; round++)
            {
                await stage.Platform.StopAsync(name);
                var begun = Stopwatch.GetTimestamp();
                await stage.Platform.StartAgainAsync(name);
                took.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            }

            findings.Add(new(
                $"{name}: from start until ready, s", string.Join(", ", took.Select(one => $"{one:F1}")), "",
                Rounds.Median(took)));
        }

        return findings;
    }

    /// <summary>In MB, of our processes together.</summary>
    public static double Memory(Stage stage) => MemoryOfEach(stage).Values.Sum();

    /// <summary>In MB, of each of our processes.</summary>
    public static IReadOnlyDictionary<string, double> MemoryOfEach(Stage stage) =>
        Each(stage, process => process.WorkingSet64 / 1e6);

    private static TimeSpan Worked(Stage stage) =>
        Each(stage, process => process.TotalProcessorTime).Values.Aggregate((a, b) => a + b);

    private static Dictionary<string, T> Each<T>(Stage stage, Func<Process, T> of) => Ours.ToDictionary(
        name => name,
        name =>
        {
            using var process = Process.GetProcessById(stage.Platform.ProcessId(name)!.Value);
            return of(process);
        },
        StringComparer.Ordinal);
}
