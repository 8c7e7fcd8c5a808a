using System.Globalization;
using System.Text;
using EPerfect.PersonalData;

namespace EPerfect.Orders.Ordering;

/// <summary>The syntax of a domain name (RFC 1035, RFC 5890). Whether it may be registered is for Domains to say.
/// </summary>
internal static class DomainName
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = true };

    /// <summary>The name in its ASCII form, lower case, without a trailing dot; null if it is no domain name.</summary>
    public static string? ToAscii(string? name)
    {
        if (name is not { Length: > 0 and <= 253 } || name.Any(IsOfOtherWidth)) return null;
        try
        {
            // The runtime composes nothing under invariant globalization: one name typed on two keyboards is one.
            var ascii = Idn.GetAscii(Nfc.Compose(name.ToLowerInvariant()).TrimEnd('.'));
            var labels = ascii.Split('.');
            // Who ends in a number is an address (1.2.3.4).
            var isName = ascii.Length <= 253 && labels.Length >= 2 && labels.All(IsLabel)
                && !labels[^1].All(char.IsAsciiDigit) && IsOneSpelling(ascii);
            return isName ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether the name is one label below the top-level domain, which may itself have dots (co.uk).</summary>
    public static bool IsDirectlyBelow(string ascii, string tld) =>
        ascii.Length > tld.Length + 1
        && ascii.EndsWith($".{tld}", StringComparison.Ordinal)
        && !ascii.AsSpan(0, ascii.Length - tld.Length - 1).Contains('.');

    /// <summary>Punycode that decodes to no letters, or to a name that is written otherwise, is no name.</summary>
    private static bool IsOneSpelling(string ascii)
    {
        if (!ascii.Contains("xn--", StringComparison.Ordinal)) return true;
        var unicode = Idn.GetUnicode(ascii);
        return unicode.EnumerateRunes().All(IsInNames) && !unicode.Any(IsOfOtherWidth)
            && Nfc.Compose(unicode.ToLowerInvariant()) == unicode && Idn.GetAscii(unicode) == ascii;
    }

    private static bool IsInNames(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        || rune.Value is '-' or '.' or '\u00b7' or '\u30fb';

    /// <summary>Half-width and full-width forms look like letters of a name, and no registry takes them.</summary>
    private static bool IsOfOtherWidth(char c) => c is >= '\uff00' and <= '\uffef';

    private static bool IsLabel(string label) =>
        label is { Length: >= 1 and <= 63 }
        && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && !label.StartsWith('-') && !label.EndsWith('-')
        && (label is not [_, _, '-', '-', ..] || label.StartsWith("xn--", StringComparison.Ordinal));
}
