using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EPerfect.PersonalData;

/// <summary>
/// What stands inside an envelope before it is sealed: JSON, tolerant of members added or dropped since.
/// </summary>
internal static class Content
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
        // Never shown in a page; escapes would only lengthen names that are not English.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Json);

    public static T Read<T>(ReadOnlySpan<byte> plain)
    {
        // Thrown outside the catch: the cause may quote what it could not read, so it goes no further.
        return TryRead<T>(plain, out var value)
            ? value
            : throw new InvalidOperationException(
                $"What was sealed is intact, but not readable as {typeof(T).Name} any more.");
    }

    private static bool TryRead<T>(ReadOnlySpan<byte> plain, [NotNullWhen(true)] out T? value)
    {
        try
        {
            value = JsonSerializer.Deserialize<T>(plain, Json);
            return value is not null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            value = default;
            return false;
        }
    }
}
