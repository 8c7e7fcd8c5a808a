using System.Globalization;

namespace EPerfect.Chaos;

/// <summary>What kind of run.</summary>
/// <param name="Seed">From which faults and journeys follow.</param>
/// <param name="Minutes">For how long faults begin.</param>
/// <param name="Faults">How many.</param>
/// <param name="Customers">How many live at the same time.</param>
/// <param name="Folder">Where history, schedule, timeline and, of a failing run, the logs are kept.</param>
internal sealed record Options(int Seed, double Minutes, int Faults, int Customers, string Folder)
{
    public const string Usage = """
        tests/chaos [--seed N] [--minutes M] [--faults N] [--customers N] [--folder F]

        Runs two of each service and gateway, lets customers live through journeys, breaks parts, lines and outside
        systems as the seed says, and judges the stores afterwards.

          --seed N       which faults, when; the same seed gives the same schedule        (1)
          --minutes M    for how long faults begin; draining comes on top                 (3)
          --faults N     how many                                                         (15 a minute)
          --customers N  how many live at the same time                                   (6)
          --folder F     where history, schedule, timeline and a failing run's logs go    (artifacts/chaos/seed-N)

        Exit code 0: no promise was broken. 1: some were; they are named. 2: it could not be run.
        """;

    public static Options Default(int seed) => new(seed, 3, 45, 6, FolderOf(seed));

    /// <returns>Null if it is not a run that is asked for.</returns>
    public static Options? Parse(IReadOnlyList<string> words)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < words.Count; i += 2) given[words[i]] = words[i + 1];
        string[] known = ["--seed", "--minutes", "--faults", "--customers", "--folder"];
        if (words.Count % 2 != 0 || given.Keys.Except(known, StringComparer.Ordinal).Any()) return null;
        if (!Number("--seed", 1, out var seed) || !Number("--minutes", 3, out var minutes)
            || !Number("--faults", Math.Round(minutes * 15), out var faults) || !Number("--customers", 6, out var customers)
            || minutes <= 0 || faults < 1 || customers < 1)
        {
            return null;
        }

        return new((int)seed, minutes, (int)faults, (int)customers, given.GetValueOrDefault("--folder") ?? FolderOf((int)seed));

        bool Number(string name, double otherwise, out double value)
        {
            value = otherwise;
            return !given.TryGetValue(name, out var text)
                || double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
        }
    }

    private static string FolderOf(int seed) => Path.Combine(
        Repository(), "artifacts", "chaos", string.Create(CultureInfo.InvariantCulture, $"seed-{seed}"));

    public static string Repository()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at.Parent is { } parent && !File.Exists(Path.Combine(at.FullName, "platform.sln"))) at = parent;
        return at.FullName;
    }
}
