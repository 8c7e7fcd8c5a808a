using System.Text.Json.Nodes;

namespace EPerfect.Contracts.Tests.Partners;

/// <summary>The feed as an AsyncAPI 3 document: each event once as it comes over AMQP, once as it comes over HTTP.</summary>
internal static class AsyncApi
{
    private static readonly (string Name, string Description)[] Context =
    [
        ("id", "The same for every repeat: what was seen before is to be skipped."),
        ("source", "Where it happened."),
        ("type", "What happened."),
        ("subject", "The account that it is about; of what is about the partner, the partner."),
        ("time", "When it happened, in UTC."),
        ("datacontenttype", "application/json"),
        ("dataschema", "Where the schema of the data is."),
        ("sequence", "Its place among all events about the subject: a number as text."),
        ("position", "Its place in the feed, as pull and replay name it: a number as text."),
        ("traceparent", "The trace that it belongs to (W3C)."),
    ];

    public static JsonObject Document() => new()
    {
        ["asyncapi"] = "3.0.0",
        ["info"] = new JsonObject
        {
            ["title"] = "ePerfect for partners",
            ["version"] = "1.0.0",
            ["description"] = "What a partner may hear of, as its agreement and the customers' consent allow: CloudEvents 1.0, "
                + "in order per subject, at least once. The guide is contracts/partners/README.md.",
        },
        ["defaultContentType"] = "application/json",
        ["servers"] = new JsonObject
        {
            ["broker"] = new JsonObject
            {
                ["host"] = "{broker}",
                ["protocol"] = "amqps",
                ["protocolVersion"] = "0.9.1",
                ["description"] = "RabbitMQ. User, password and whether by TLS: POST /api/partners/queue. "
                    + "The document that a host serves names its own broker.",
                ["variables"] = new JsonObject { ["broker"] = new JsonObject { ["default"] = "localhost:5671" } },
            },
        },
        ["channels"] = new JsonObject
        {
            ["queue"] = Channel(
                "partner.{partnerId}", "The partner's own queue: CloudEvents in binary mode.", "amqp", type => type),
            ["webhook"] = Channel(
                null, "The address that the partner named: CloudEvents in structured mode, signed (Standard Webhooks).",
                "http", Structured),
            ["pull"] = Channel(
                "/api/partners/feed", "Asked for by the partner: CloudEvents in structured mode, many at once.",
                "http", Structured),
        },
        ["operations"] = new JsonObject(
            new[] { "queue", "webhook", "pull" }.Select(channel => KeyValuePair.Create<string, JsonNode?>(
                $"tell-{channel}",
                new JsonObject { ["action"] = "send", ["channel"] = Reference($"#/channels/{channel}") }))),
        ["components"] = new JsonObject
        {
            ["schemas"] = new JsonObject(DataSchema.Types.Select(type =>
                KeyValuePair.Create<string, JsonNode?>(DataSchema.NameOf(type), Embedded(DataSchema.Of(type))))),
            ["messages"] = new JsonObject(
            [
                .. DataSchema.Types.Select(type => KeyValuePair.Create<string, JsonNode?>(
                    DataSchema.NameOf(type), Message(type, Binary(type), Schema(type)))),
                .. DataSchema.Types.Select(type => KeyValuePair.Create<string, JsonNode?>(
                    Structured(DataSchema.NameOf(type)), Message(type, null, Whole(type)))),
            ]),
        },
    };

    private static string Structured(string type) => $"{type}.structured";

    private static JsonObject Channel(string? address, string description, string protocol, Func<string, string> message)
    {
        var channel = new JsonObject
        {
            ["address"] = address,
            ["description"] = description,
            ["messages"] = new JsonObject(DataSchema.Types.Select(DataSchema.NameOf).Select(type =>
                KeyValuePair.Create<string, JsonNode?>(type, Reference($"#/components/messages/{message(type)}")))),
        };
        if (address?.Contains("{partnerId}", StringComparison.Ordinal) == true)
        {
            channel["parameters"] = new JsonObject
            {
                ["partnerId"] = new JsonObject { ["description"] = "The partner, as its agreement names it." },
            };
        }

        if (protocol is "amqp")
        {
            channel["servers"] = new JsonArray(Reference("#/servers/broker"));
            channel["bindings"] = new JsonObject
            {
                ["amqp"] = new JsonObject
                {
                    ["is"] = "queue",
                    ["queue"] = new JsonObject { ["durable"] = true, ["exclusive"] = false, ["autoDelete"] = false },
                },
            };
        }

        return channel;
    }

    private static JsonObject Message(Type type, JsonObject? headers, JsonObject payload)
    {
        var message = new JsonObject
        {
            ["name"] = DataSchema.NameOf(type),
            ["summary"] = Documented.Summary(type),
            ["contentType"] = headers is null ? "application/cloudevents+json" : "application/json",
        };
        if (headers is not null) message["headers"] = headers;
        message["payload"] = payload;
        return message;
    }

    private static JsonObject Binary(Type type) => Attributes(type, "cloudEvents:", data: null);

    private static JsonObject Whole(Type type) => Attributes(type, "", Schema(type));

    private static JsonObject Attributes(Type type, string prefix, JsonObject? data)
    {
        var properties = new JsonObject { [$"{prefix}specversion"] = new JsonObject { ["const"] = "1.0" } };
        foreach (var (name, description) in Context)
        {
            properties[prefix + name] = name switch
            {
                "type" => Constant(DataSchema.NameOf(type), description),
                "source" => Constant($"/eperfect/{DataSchema.SourceOf(type)}", description),
                _ => new JsonObject { ["type"] = "string", ["description"] = description },
            };
        }

        if (data is not null) properties["data"] = data;
        string[] required = ["specversion", "id", "source", "type", "subject", "time", "sequence", "position"];
        return new()
        {
            ["type"] = "object",
            ["required"] = new JsonArray([.. required.Select(name => (JsonNode)(prefix + name))]),
            ["properties"] = properties,
        };
    }

    private static JsonObject Constant(string value, string description) =>
        new() { ["const"] = value, ["description"] = description };

    private static JsonObject Schema(Type type) => Reference($"#/components/schemas/{DataSchema.NameOf(type)}");

    private static JsonObject Embedded(JsonObject schema)
    {
        schema.Remove("$schema");
        schema.Remove("$id");
        return schema;
    }

    private static JsonObject Reference(string to) => new() { ["$ref"] = to };
}
