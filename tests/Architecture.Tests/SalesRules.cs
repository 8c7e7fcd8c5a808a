using System.Text.Json.Nodes;

namespace EPerfect.Architecture.Tests;

/// <summary>What one service tells and another sells: neither knows the other, so they are compared here.</summary>
public sealed class SalesRules
{
    [Fact]
    public void The_names_that_the_search_calls_available_are_those_that_can_be_ordered() =>
        Read("services/Domains/Names/Data/tlds.json", "tlds").Select(tld => tld["suffix"]!.GetValue<string>()).ShouldBe(
            Read("services/Orders/Catalog/catalogue.json", "domains")
                .Where(product => product["retired"]?.GetValue<bool>() != true)
                .Select(product => product["tld"]!.GetValue<string>()),
            ignoreOrder: true);

    private static IEnumerable<JsonNode> Read(string file, string list) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Source.Root, file)))![list]!.AsArray().Select(one => one!);
}
