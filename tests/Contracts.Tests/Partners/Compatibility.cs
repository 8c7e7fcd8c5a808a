using System.Text.Json.Nodes;

namespace EPerfect.Contracts.Tests.Partners;

/// <summary>What a partner's program may rely on: each member that there was is there, as it was.</summary>
internal static class Compatibility
{
    private static readonly string[] Promises = ["type", "format", "x-data-category"];

    public static IEnumerable<string> Broken(JsonObject before, JsonObject after, string at = "")
    {
        foreach (var promise in Promises)
        {
            if (!JsonNode.DeepEquals(before[promise], after[promise]))
                yield return $"{at}: {promise} was {before[promise]?.ToJsonString()}, is {after[promise]?.ToJsonString()}";
        }

        if (before["items"] is JsonObject items)
        {
            foreach (var broken in Broken(items, after["items"] as JsonObject ?? [], $"{at}[]")) yield return broken;
        }

        foreach (var (name, member) in before["properties"] as JsonObject ?? [])
        {
            if (after["properties"]?[name] is not JsonObject now)
            {
                yield return $"{at}.{name}: is gone";
                continue;
            }

            foreach (var broken in Broken(member!.AsObject(), now, $"{at}.{name}")) yield return broken;
        }
    }
}
