using System.Text.Json.Nodes;
using EPerfect.Gateway;
using EPerfect.Testing;

namespace EPerfect.Architecture.Tests;

/// <summary>A header that a description asks for can be sent: the gateway lets it through, from a browser too.</summary>
public sealed class HeaderRules(PostgresServer postgres)
{
    [Fact]
    public async Task Every_header_of_every_description_gets_through_the_gateway()
    {
        var asked = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (definition, _) in Modules.Services)
        {
            await using var service = await TestService.StartAsync(definition, postgres);
            asked.UnionWith(HeadersIn(JsonNode.Parse(await service.Client.GetStringAsync("/openapi/v1.json"))!));
        }

        asked.ShouldContain("Idempotency-Key");
        asked.ShouldContain("Opening-Purpose");
        asked.Except(RequestHeaders.Allowed, StringComparer.OrdinalIgnoreCase).ShouldBeEmpty("gateway/Proxy/RequestHeaders.cs");
        asked.Except(BrowserOrigins.Sent, StringComparer.OrdinalIgnoreCase).ShouldBeEmpty("gateway/Http/BrowserOrigins.cs");
    }

    private static IEnumerable<string> HeadersIn(JsonNode description) =>
        from path in description["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        from parameter in operation.Value?["parameters"]?.AsArray() ?? []
        where (string)parameter!["in"]! == "header"
        select (string)parameter["name"]!;
}
