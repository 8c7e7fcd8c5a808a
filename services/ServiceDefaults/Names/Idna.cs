using System.Globalization;
using System.Text;
using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// IDNA 2008 in the strict form that registries use: letters, digits and marks only, no symbols, no joiners.
/// The runtime's <see cref="IdnMapping"/> does Punycode and the rule for right-to-left labels; under invariant
/// globalization it neither folds case nor composes characters, so idna.txt and Nfc do that.
/// </summary>
public static class Idna
{
    internal const string Prefix = "xn--";
    private static readonly IdnMapping Punycode = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    /// <summary>
    /// Folds case and width, drops what is invisible, composes: what a person typed becomes what would be registered.
    /// </summary>
    internal static string Fold(string input) =>
        Ascii.IsValid(input) ? input.ToLowerInvariant() : Nfc.Compose(CaseFolding.Map(input));

    /// <summary>The A-label of one folded label (RFC 5890).</summary>
    /// <param name="label">Without dots.</param>
    /// <returns>Null when it can be no label.</returns>
    public static string? ToAscii(string label)
    {
        if (label.StartsWith(Prefix, StringComparison.Ordinal)) return Decode(label) is null ? null : label;
        if (Ascii.IsValid(label)) return label;
        return IsPermitted(label) ? Encode(label) : null;
    }

    internal static string ToUnicode(string ascii) =>
        ascii.Contains(Prefix, StringComparison.Ordinal)
            ? string.Join('.', ascii.Split('.').Select(label => Decode(label) ?? label))
            : ascii;

    private static string? Encode(string label)
    {
        try
        {
            return Punycode.GetAscii(label);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // Valid only if encoding gives the same label again: one name must not have two spellings.
    private static string? Decode(string label)
    {
        if (!label.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        try
        {
            var unicode = Punycode.GetUnicode(label);
            return unicode.Length > 0 && !Ascii.IsValid(unicode) && Fold(unicode) == unicode && IsPermitted(unicode)
                && Encode(unicode) == label ? unicode : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // RFC 5892: letters, marks and digits; RFC 5891 4.2.3: no leading mark, no hyphens in third and fourth place.
    private static bool IsPermitted(string label) =>
        !IsMark(Rune.GetUnicodeCategory(label.EnumerateRunes().First()))
        && (label.Length < 4 || label[2..4] != "--")
        && label.EnumerateRunes().All(rune => rune.Value == '-' || IsLetterDigitMark(Rune.GetUnicodeCategory(rune)));

    private static bool IsLetterDigitMark(UnicodeCategory category) =>
        IsMark(category) || category is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.DecimalDigitNumber;

    private static bool IsMark(UnicodeCategory category) =>
        category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark;
}
