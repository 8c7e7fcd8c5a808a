using System.Text.RegularExpressions;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Finds card numbers in what clients send: 13 to 19 digits, perhaps spaced, with a right check digit (ISO/IEC 7812,
/// Luhn), whatever stands beside them. They are refused wherever they stand (PCI DSS 4.0.1, SAQ A) and never
/// logged. Ids and hashes are read over, for one in a hundred holds a card by chance: UUIDs, and 24 or more hexadecimal
/// digits in a row with a letter among them. Base64 needs no such rule: 13 digits in a row are one in 10^10 there.
/// </summary>
internal static partial class CardNumbers
{
    private const int Fewest = 13;
    private const int Most = 19;

    public static Refusal Refused(string pointer) => new(
        422, "card-number-refused", "Card numbers are never taken, in no field: send the token of the payment method.", pointer);

    public static bool Contains(string text)
    {
        if (text.Length < Fewest || !IsIn(text)) return false;
        var withoutIds = Ids().Replace(text, "x");
        return withoutIds.Length == text.Length || IsIn(withoutIds);
    }

    /// <summary>A telephone number may pass by chance; in its own field and form (E.164, at most 15 digits) it is
    /// one.</summary>
    public static bool AreIn(string property, string text) =>
        !(property is "phone" && PhoneNumber().IsMatch(text)) && Contains(text);

    private static bool IsIn(string text)
    {
        foreach (Match digits in Digits().Matches(text))
        {
            if (IsCardAmong(digits.ValueSpan)) return true;
        }

        return false;
    }

    /// <summary>Other numbers may stand beside the card's, an expiry or a flat: it begins and ends with any
    /// group.</summary>
    private static bool IsCardAmong(ReadOnlySpan<char> groups)
    {
        for (var i = 0; i < groups.Length; i++)
        {
            var begins = i == 0 || !char.IsAsciiDigit(groups[i - 1]);
            if (begins && groups[i] is >= '1' and <= '9' && BeginsWithCard(groups[i..])) return true;
        }

        return false;
    }

    private static bool BeginsWithCard(ReadOnlySpan<char> groups)
    {
        Span<char> digits = stackalloc char[Most];
        var count = 0;
        for (var i = 0; i < groups.Length; i++)
        {
            if (!char.IsAsciiDigit(groups[i])) continue;
            if (count == Most) return false;
            digits[count++] = groups[i];
            var ends = i + 1 == groups.Length || !char.IsAsciiDigit(groups[i + 1]);
            if (ends && count >= Fewest && PassesLuhn(digits[..count])) return true;
        }

        return false;
    }

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

    [GeneratedRegex(
        "(?<![0-9a-z])(?=[0-9-]*[a-f])([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24,})(?![0-9a-z])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Ids();

    [GeneratedRegex(@"[0-9](?:[ \-.]?[0-9]){12,}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digits();

    [GeneratedRegex(@"^\+[1-9]\d{6,14}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PhoneNumber();
}
