using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using EPerfect.Contracts.Partners;

namespace EPerfect.Contracts.Tests.Partners;

/// <summary>The JSON Schema (draft 7) of an event's data, made from its record.</summary>
internal static class DataSchema
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Describe,
    };

    public static IReadOnlyList<Type> Types { get; } =
    [
        .. typeof(IPartnerData).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true } && type.IsAssignableTo(typeof(IPartnerData)))
            .OrderBy(NameOf, StringComparer.Ordinal),
    ];

    public static string NameOf(Type data) => Static(data, nameof(IPartnerData.EventType));

    public static string SourceOf(Type data) => Static(data, nameof(IPartnerData.Source));

    public static JsonObject Of(Type data)
    {
        var schema = Json.GetJsonSchemaAsNode(data, Options).AsObject();
        return new JsonObject(
        [
            new("$schema", "http://json-schema.org/draft-07/schema#"),
            new("$id", $"urn:eperfect:{NameOf(data)}"),
            new("title", NameOf(data)),
            .. schema.Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())),
        ]);
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject node) return schema;
        // A partner gets the members that its agreement names: none must be there.
        node.Remove("required");
        node.Remove("pattern");
        if (context.PropertyInfo?.AttributeProvider is PropertyInfo property)
        {
            node["description"] = Documented.Member(property.DeclaringType!, property.Name);
            node["x-data-category"] = property.GetCustomAttribute<DataCategoryAttribute>()?.Name ?? "account";
        }
        else if (context.TypeInfo.Kind is JsonTypeInfoKind.Object)
        {
            node["description"] = Documented.Summary(context.TypeInfo.Type);
        }

        if (context.TypeInfo.Type == typeof(Guid)) node["format"] = "uuid";
        return node;
    }

    private static string Static(Type type, string property) => (string)type.GetProperty(property)!.GetValue(null)!;
}
