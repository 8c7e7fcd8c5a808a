using System.Text.Json.Nodes;
using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Queues;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Schemas;

/// <summary>What partners build on, as the contracts have it: an event's <c>dataschema</c> leads here.</summary>
internal static class ReadSchemas
{
    private const string JsonSchema = "application/schema+json";

    private static readonly Refusal Unknown = new(
        404, "schema-unknown", "A schema is named after its event's type; all types are in /api/partners/asyncapi.json.");

    private static IResult Schema(string type) =>
        Open($"schemas/{type}.json") is { } schema ? Results.Stream(schema, JsonSchema) : Problems.From(Unknown);

    private static IResult AsyncApi(PartnerQueue queue)
    {
        using var contract = Open("asyncapi.json")!;
        var document = JsonNode.Parse(contract)!;
        // As it is here: amqps where the broker is spoken to by TLS, and nowhere else.
        if (queue.Public is { } at)
        {
            var broker = document["servers"]!["broker"]!;
            broker["protocol"] = at.Scheme;
            broker["variables"]!["broker"]!["default"] = at.Authority;
        }

        return Results.Text(document.ToJsonString(), "application/json");
    }

    /// <summary>By a name of the list of what is embedded: no path leads out of it.</summary>
    private static Stream? Open(string name) => typeof(IPartnerData).Assembly.GetManifestResourceStream(name);

    public static void Map(RouteGroupBuilder partners)
    {
        partners.MapGet("/schemas/{type}.json", Schema)
            .WithName("ReadEventSchema")
            .Allow(Access.Anyone)
            .WithSummary("The JSON Schema of the data of an event.")
            .Produces(StatusCodes.Status200OK, contentType: JsonSchema)
            .ProducesProblem(StatusCodes.Status404NotFound);
        partners.MapGet("/asyncapi.json", AsyncApi)
            .WithName("ReadAsyncApi")
            .Allow(Access.Anyone)
            .WithSummary("All events that a partner may hear of: AsyncAPI 3.")
            .Produces(StatusCodes.Status200OK, contentType: "application/json");
    }
}
