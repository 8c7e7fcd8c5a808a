using System.Text;
using System.Text.Json;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// What holds for every body, whatever its endpoint: no card number; no null in a list, which the types of requests do not
/// promise to survive; no U+0000 in a text, which JSON can carry and PostgreSQL cannot keep.
/// </summary>
internal static class BodyRules
{
    public static Refusal? WhyNot(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return null;
        // The endpoint's reading passes over a byte order mark, so this does too.
        if (json.StartsWith(Encoding.UTF8.Preamble)) json = json[Encoding.UTF8.Preamble.Length..];
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
        var (property, before) = ("", JsonTokenType.None);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName) property = reader.GetString()!;
                if (WhyNot(in reader, property, before) is { } refusal) return refusal;
                before = reader.TokenType;
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // Not passed on: what this cannot read must not be read by the endpoint either.
            return Problems.ForStatus(400);
        }

        return null;
    }

    private static Refusal? WhyNot(in Utf8JsonReader token, string property, JsonTokenType before) => token.TokenType switch
    {
        JsonTokenType.PropertyName when HasNul(property) => Nul(""),
        JsonTokenType.PropertyName when CardNumbers.Contains(property) => CardNumbers.Refused(""),
        JsonTokenType.String when token.GetString() is { } text =>
            HasNul(text) ? Nul(At(property))
            : CardNumbers.AreIn(property, text) ? CardNumbers.Refused(At(property))
            : null,
        JsonTokenType.Number when CardNumbers.Contains(Encoding.ASCII.GetString(token.ValueSpan)) =>
            CardNumbers.Refused(At(property)),
        JsonTokenType.Null when before != JsonTokenType.PropertyName => Nothing with { Pointer = At(property) },
        _ => null,
    };

    private static string At(string property) => property.Length == 0 ? "" : $"/{property}";

    public static bool HasNul(string text) => text.Contains('\0', StringComparison.Ordinal);

    public static Refusal Nul(string pointer) =>
        new(422, "text-invalid", "No text holds the character U+0000.", pointer);

    private static readonly Refusal Nothing = new(400, "malformed-request", "No item of a list is null, and no body.");
}
