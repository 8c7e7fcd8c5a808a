using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace EPerfect.Contracts.Tests.Partners;

/// <summary>
/// Every type that partners were ever told of, and every member with its kind, one a line, in the order in which they came. Each
/// line's digest covers all before it: one that is taken out breaks those after it. So a record, its schema and its approval
/// cannot go, or become another, together unseen.
/// </summary>
internal static class Published
{
    /// <summary>As many as there were when members were added to the list.</summary>
    private const int AtLeast = 77;

    public static IReadOnlyList<string> All(string folder)
    {
        var lines = File.ReadAllLines(Path.Combine(folder, "published.txt"));
        lines.Length.ShouldBeGreaterThanOrEqualTo(AtLeast, "lines are only ever added");
        lines.ShouldBe(Lines(lines.Select(line => line.Split(' ')[0])), "lines are only ever added, at the end");
        return [.. lines.Select(line => line.Split(' ')[0])];
    }

    /// <summary>A type and all that it has, such as <c>com.eperfect.order.placed.v1#items[].total:string</c>.</summary>
    public static IEnumerable<string> Of(string type, JsonObject schema) => [type, .. Members($"{type}#", schema)];

    /// <returns>The lines that have to be added.</returns>
    public static IEnumerable<string> Missing(string folder, IEnumerable<string> types)
    {
        var known = All(folder);
        return Lines([.. known, .. types.Except(known, StringComparer.Ordinal)]).Skip(known.Count);
    }

    private static IEnumerable<string> Members(string path, JsonObject schema) =>
        from member in schema["properties"]?.AsObject() ?? []
        let shape = member.Value!.AsObject()
        from line in Shape($"{path}{member.Key}", shape)
        select line;

    private static IEnumerable<string> Shape(string path, JsonObject shape) => shape["items"] is JsonObject items
        ? [$"{path}:array", .. Shape($"{path}[]", items)]
        : [$"{path}:{Kind(shape)}", .. Members($"{path}.", shape)];

    private static string Kind(JsonObject shape) =>
        string.Concat($"{shape["type"]?.ToJsonString()}{(shape["format"] is { } format ? $"/{format}" : "")}".Split('"', ' '));

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
