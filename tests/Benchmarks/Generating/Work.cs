using System.Globalization;

namespace EPerfect.Benchmarks;

/// <summary>
/// Processor time of this program and all that it started, servers included. Where other work shares the machine a rate
/// tells as much of that as of us; what one request takes of the processor is the same.
/// </summary>
internal sealed record Work(IReadOnlyDictionary<string, TimeSpan> Parts)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public TimeSpan All => Parts.Values.Aggregate(TimeSpan.Zero, (sum, part) => sum + part);

    public static Work Now()
    {
        var all = Directory.GetDirectories("/proc").Select(Read).OfType<Entry>().ToDictionary(entry => entry.Pid);
        return new(all.Values.Where(entry => IsOurs(entry, all)).GroupBy(entry => entry.Name, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Worked), StringComparer.Ordinal));
    }

    /// <summary>What was worked since then.</summary>
    public Work Since(Work before) => new(Parts.ToDictionary(
        part => part.Key, part => part.Value - before.Parts.GetValueOrDefault(part.Key), StringComparer.Ordinal));

    /// <summary>For one of so many, in microseconds: all, and the parts that count.</summary>
    public string Of(long count) => $"{All.TotalMicroseconds / count:F0} us (" + string.Join(", ", Parts
        .Where(part => part.Value.TotalMicroseconds / count >= 5).OrderByDescending(part => part.Value)
        .Select(part => $"{part.Key} {part.Value.TotalMicroseconds / count:F0}")) + ")";

    private static bool IsOurs(Entry entry, Dictionary<int, Entry> all)
    {
        for (Entry? at = entry; at is not null; at = all.GetValueOrDefault(at.Parent))
            if (at.Pid == Environment.ProcessId) return true;
        return false;
    }

    private static Entry? Read(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid)) return null;
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            var name = stat[(stat.IndexOf('(', StringComparison.Ordinal) + 1)..stat.LastIndexOf(')')];
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            // Its own, in user and kernel, and that of children that have ended.
            var ticks = fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
            var command = File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0');
            var assembly = command.FirstOrDefault(word => word.EndsWith(".dll", StringComparison.Ordinal));
            return new(
                pid, int.Parse(fields[1], CultureInfo.InvariantCulture),
                assembly is null ? name : Path.GetFileNameWithoutExtension(assembly), ticks * Tick);
        }
        catch (IOException)
        {
            return null; // it has ended
        }
    }

    private sealed record Entry(int Pid, int Parent, string Name, TimeSpan Worked);
}
