using System.Text.Json;
using System.Text.Json.Serialization;

namespace EPerfect.PersonalData;

/// <summary>
/// Writes a sealed value as its envelope and reads it back. Keys are never touched: reading cannot fail for want of
/// one.
/// </summary>
public sealed class SealedConverterFactory : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Sealed<>);

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(
            typeof(SealedConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
}

internal sealed class SealedConverter<T> : JsonConverter<Sealed<T>>
    where T : IPersonalData
{
    public override Sealed<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("A sealed value is a string.");
        }

        try
        {
            return Sealed.Parse<T>(reader.GetString()!);
        }
        catch (TamperSuspectedException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, Sealed<T> value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Envelope);
}
