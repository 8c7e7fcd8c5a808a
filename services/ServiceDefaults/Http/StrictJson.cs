using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EPerfect.ServiceDefaults;

/// <summary>How JSON is read and written on the wire: strictly, so that nothing is collected silently.</summary>
public static class StrictJson
{
    /// <summary>Applies the rules: camel case, enumerations by name, no unknown, missing or repeated field.</summary>
    /// <param name="options">What to set up.</param>
    public static void Apply(JsonSerializerOptions options)
    {
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectRequiredConstructorParameters = true;
        options.RespectNullableAnnotations = true;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
    }

    /// <summary>Asks source-generated contexts first: they start faster than reflection.</summary>
    internal static void Prefer(JsonSerializerOptions options, IEnumerable<IJsonTypeInfoResolver> contexts)
    {
        if (options.TypeInfoResolverChain.Count == 0) options.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
        foreach (var context in contexts) options.TypeInfoResolverChain.Insert(0, context);
    }
}
