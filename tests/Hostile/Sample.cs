using System.Text.Json.Nodes;

namespace EPerfect.Hostile;

/// <summary>A value that a schema of a document allows: spoilt in one place, it gets further than what is all wrong.</summary>
internal sealed class Sample(JsonNode document)
{
    private const int Deepest = 6;

    public JsonNode? Of(JsonNode? schema, int depth = 0)
    {
        if (schema is null || depth > Deepest) return null;
        if ((string?)schema["$ref"] is { } reference) return Of(Resolve(reference), depth + 1);
        if (schema["oneOf"] is JsonArray { Count: > 0 } one) return Of(one[^1], depth + 1);
        if (schema["anyOf"] is JsonArray { Count: > 0 } any) return Of(any[^1], depth + 1);
        if (schema["enum"] is JsonArray { Count: > 0 } values) return values[0]?.DeepClone();
        return TypeOf(schema) switch
        {
            "object" => ObjectOf(schema, depth),
            "array" => new JsonArray(Of(schema["items"], depth + 1)),
            "integer" or "number" => 1,
            "boolean" => true,
            _ => (string?)schema["format"] switch
            {
                "uuid" => Guid.CreateVersion7().ToString(),
                "date-time" => "2030-01-01T00:00:00Z",
                "uri" => "https://partner.example/",
                _ => "text",
            },
        };
    }

    private JsonObject ObjectOf(JsonNode schema, int depth)
    {
        var made = new JsonObject();
        foreach (var (name, property) in schema["properties"]?.AsObject() ?? []) made[name] = Of(property, depth + 1);
        return made;
    }

    // A type may be a list: ["null", "string"].
    private static string? TypeOf(JsonNode schema) => schema["type"] switch
    {
        JsonArray several => several.Select(one => (string?)one).FirstOrDefault(one => one != "null"),
        { } one => (string?)one,
        null => schema["properties"] is null ? null : "object",
    };

    private JsonNode? Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (at, step) => at?[step]);
}
