using System.Security.Cryptography;
using System.Text;

namespace EPerfect.Contracts.Tests.Partners;

/// <summary>
/// Every type that partners were ever told of, one a line, in the order in which they came. Each line's digest covers all before
/// it: one that is taken out breaks those after it. So a record, its schema and its approval cannot go together unseen.
/// </summary>
internal static class Published
{
    /// <summary>As many as there were when the list was begun.</summary>
    private const int AtLeast = 16;

    public static IReadOnlyList<string> All(string folder)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, "published.txt"));
        lines.Length.ShouldBeGreaterThanOrEqualTo(AtLeast, "lines are only ever added");
        lines.ShouldBe(Lines(lines.Select(line => line.Split(' ')[0])), "lines are only ever added, at the end");
        return [.. lines.Select(line => line.Split(' ')[0])];
    }

    /// <returns>The lines that have to be added.</returns>
    public static IEnumerable<string> Missing(string folder, IEnumerable<string> types)
    {
        var known = All(folder);
        return Lines([.. known, .. types.Except(known, StringComparer.Ordinal)]).Skip(known.Count);
    }

    private static IEnumerable<string> Lines(IEnumerable<string> types)
    {
        var digest = "";
        foreach (var type in types)
        {
            digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{digest} {type}")))[..12];
            yield return $"{type} {digest}";
        }
    }
}
