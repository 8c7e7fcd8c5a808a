using System.Text.Json.Nodes;

namespace EPerfect.Hostile;

/// <summary>An operation as an OpenAPI document describes it, or a page or a form, which none does.</summary>
/// <param name="Method">GET, POST, ...</param>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Query">The names of its query parameters.</param>
/// <param name="Body">What a good body looks like; null if it takes none.</param>
/// <param name="Fields">Of a form; null if it is an API's.</param>
internal sealed record Operation(
    string Method, string Path, IReadOnlyList<string> Query, JsonNode? Body, IReadOnlyList<string>? Fields = null)
{
    private static readonly string[] Services = ["accounts", "orders", "domains", "privacy", "operations"];

    /// <summary>All that the gateway's documents describe, and the forms.</summary>
    public static async Task<IReadOnlyList<Operation>> AllAsync(HttpClient http, CancellationToken ct)
    {
        var all = new List<Operation>(Forms.All);
        foreach (var service in Services)
        {
            var document = JsonNode.Parse(await http.GetStringAsync($"/openapi/{service}.json", ct))!;
            all.AddRange(
                from path in document["paths"]!.AsObject()
                from verb in path.Value!.AsObject()
                where verb.Value is JsonObject
                select Read(verb.Key.ToUpperInvariant(), path.Key, verb.Value.AsObject(), new Sample(document)));
        }

        return all;
    }

    private static Operation Read(string method, string path, JsonObject described, Sample sample)
    {
        var query =
            from parameter in described["parameters"]?.AsArray() ?? []
            where (string?)parameter!["in"] == "query"
            select (string)parameter["name"]!;
        var schema = described["requestBody"]?["content"]?["application/json"]?["schema"];
        return new(method, path, [.. query], schema is null ? null : sample.Of(schema));
    }

    public override string ToString() => $"{Method} {Path}";
}
