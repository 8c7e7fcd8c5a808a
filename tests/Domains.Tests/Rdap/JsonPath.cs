using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EPerfect.Domains.Tests.Rdap;

/// <summary>
/// As much of JSONPath (RFC 9535) as redactions use: members, indexes, a slice from the start, filters by equality.
/// </summary>
internal static partial class JsonPath
{
    public static IReadOnlyList<JsonNode> Select(JsonNode root, string path)
    {
        IEnumerable<JsonNode> nodes = [root];
        var steps = Steps().Matches(path);
        steps.Sum(step => step.Length).ShouldBe(path.Length - 1, $"not understood: {path}");
        foreach (Match step in steps) nodes = nodes.SelectMany(node => Step(node, step)).ToArray();
        return [.. nodes];
    }

    private static IEnumerable<JsonNode> Step(JsonNode node, Match step)
    {
        if (step.Groups["member"] is { Success: true } member)
            return node is JsonObject o && o[member.Value] is { } value ? [value] : [];
        if (node is not JsonArray array) return [];
        if (step.Groups["index"] is { Success: true } index)
            return array.ElementAtOrDefault(int.Parse(index.Value)) is { } item ? [item] : [];
        if (step.Groups["until"] is { Success: true } until) return array.Take(int.Parse(until.Value)).Select(i => i!);
        return array.Where(item => Select(item!, "$" + step.Groups["of"].Value)
            .Any(value => value.ToString() == step.Groups["is"].Value)).Select(item => item!);
    }

    [GeneratedRegex(
        @"\.(?<member>\w+)|\[(?<index>\d+)\]|\[:(?<until>\d+)\]|\[\?\(@(?<of>[^=]+)=='(?<is>[^']*)'\)\]",
        RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Steps();
}
