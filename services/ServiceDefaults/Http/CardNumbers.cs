using System.Text.Json;
using System.Text.RegularExpressions;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Finds card numbers in what clients send: 13 to 19 digits, perhaps spaced, with a right check digit (ISO/IEC 7812,
/// Luhn) and
/// the first digit of a payment card. They are refused wherever they stand (PCI DSS 4.0.1, SAQ A) and never logged.
/// </summary>
internal static partial class CardNumbers
{
    public static Refusal Refused(string pointer) => new(
        422, "card-number-refused", "Card numbers are never taken, in no field: send the token of the payment method.", pointer);

    public static Refusal? FindIn(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return null;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 64 });
        var property = "";
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        property = reader.GetString()!;
                        if (Contains(property)) return Refused("");
                        break;
                    case JsonTokenType.String when HoldsCard(property, reader.GetString()!):
                        return Refused($"/{property}");
                    case JsonTokenType.Number when Contains(System.Text.Encoding.ASCII.GetString(reader.ValueSpan)):
                        return Refused($"/{property}");
                }
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // Not passed on: the endpoint may read what this cannot (a byte order mark, another charset).
            return Problems.ForStatus(400);
        }

        return null;
    }

    public static bool Contains(string text)
    {
        if (text.Length < 13 || Guid.TryParse(text, out _)) return false;
        for (var start = 0; start <= text.Length - 13; start++)
        {
            if (start > 0 && char.IsAsciiDigit(text[start - 1])) continue;
            if (text[start] is >= '2' and <= '6' && BeginsCard(text.AsSpan(start))) return true;
        }

        return false;
    }

    /// <summary>An expiry or a security code may follow after a space: every end of a group of digits counts.</summary>
    private static bool BeginsCard(ReadOnlySpan<char> text)
    {
        Span<char> digits = stackalloc char[19];
        var count = 0;
        for (var i = 0; i < text.Length && count < digits.Length; i++)
        {
            var digitFollows = i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]);
            if (char.IsAsciiDigit(text[i]))
            {
                digits[count++] = text[i];
                if (!digitFollows && count >= 13 && PassesLuhn(digits[..count])) return true;
            }
            else if (text[i] is not (' ' or '-' or '.') || !digitFollows)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>A telephone number may pass by chance; in its own field and form (E.164, at most 15 digits) it is
    /// one.</summary>
    private static bool HoldsCard(string property, string text) =>
        !(property is "phone" && PhoneNumber().IsMatch(text)) && Contains(text);

    private static bool PassesLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1 && (digit *= 2) > 9) digit -= 9;
            sum += digit;
        }

        return sum % 10 == 0;
    }

    [GeneratedRegex(@"^\+[1-9]\d{6,14}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex PhoneNumber();
}
