using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>An event as it leaves: its context attributes (CloudEvents 1.0), and the data that was let out.</summary>
/// <param name="Attributes">By name; all are text. Over AMQP each is a header <c>cloudEvents:{name}</c>.</param>
/// <param name="Data">JSON.</param>
internal sealed record CloudEvent(
    IReadOnlyDictionary<string, string> Attributes, IReadOnlyDictionary<string, JsonElement> Data)
{
    public const string DataContentType = "datacontenttype";

    public string Id => Attributes["id"];

    /// <summary>The structured form (<c>application/cloudevents+json</c>).</summary>
    public JsonObject Structured() => new(
    [
        .. Attributes.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value))),
        KeyValuePair.Create("data", (JsonNode?)new JsonObject(
            Data.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonSerializer.SerializeToNode(pair.Value))))),
    ]);
}

/// <summary>
/// An entry as it leaves, whichever way: with the extensions <c>traceparent</c> (distributed tracing), <c>sequence</c>
/// (counted per subject) and <c>position</c>. Positions exceed what CloudEvents calls an integer, so they are text.
/// </summary>
internal sealed class CloudEvents(IConfiguration configuration)
{
    private readonly Uri home = new(configuration["Identity:Issuer"]!);

    public CloudEvent Render(Cleared cleared)
    {
        var (recorded, position, sequence, traceParent) = cleared.Entry;
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["specversion"] = "1.0",
            ["id"] = recorded.EntryId.ToString("D"),
            ["source"] = $"/eperfect/{FeedTypes.Find(recorded.Type)!.Source}",
            ["type"] = recorded.Type,
            ["subject"] = recorded.Subject.ToString("D"),
            ["time"] = recorded.OccurredAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            [CloudEvent.DataContentType] = "application/json",
            ["dataschema"] = new Uri(home, $"api/partners/schemas/{recorded.Type}.json").AbsoluteUri,
            ["sequence"] = sequence.ToString(CultureInfo.InvariantCulture),
            ["position"] = position.ToString(CultureInfo.InvariantCulture),
        };
        if (traceParent is not null) attributes["traceparent"] = traceParent;
        return new(attributes, cleared.Data);
    }
}
