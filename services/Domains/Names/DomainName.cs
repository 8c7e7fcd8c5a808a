using System.Diagnostics.CodeAnalysis;

namespace EPerfect.Domains.Names;

/// <summary>A domain or host name in its one canonical form: ASCII (A-labels), lower case, no trailing dot.</summary>
internal sealed record DomainName
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    private DomainName(string ascii) => Ascii = ascii;

    public string Ascii { get; }

    /// <summary>What people read: <c>münchen.de</c> for <c>xn--mnchen-3ya.de</c>.</summary>
    public string Unicode => Idna.ToUnicode(Ascii);

    public string[] Labels => Ascii.Split('.');

    public static bool TryParse(string? input, [NotNullWhen(true)] out DomainName? name)
    {
        name = null;
        if (string.IsNullOrEmpty(input) || input.Length > 4 * LongestName) return false;
        var folded = Idna.Fold(input);
        if (folded.EndsWith('.')) folded = folded[..^1];
        var labels = folded.Split('.');
        for (var i = 0; i < labels.Length; i++)
        {
            if (Idna.ToAscii(labels[i]) is not { } ascii || !IsLetterDigitHyphen(ascii)) return false;
            labels[i] = ascii;
        }

        // A name whose last label is a number would be read as an IPv4 address.
        if (labels[^1].All(char.IsAsciiDigit)) return false;
        var joined = string.Join('.', labels);
        if (joined.Length > LongestName) return false;
        name = new DomainName(joined);
        return true;
    }

    public static DomainName Parse(string input) =>
        TryParse(input, out var name) ? name : throw new FormatException("Not a domain name.");

    public override string ToString() => Ascii;

    // Hyphens in third and fourth place are kept for encodings such as xn--, which Idna has checked already.
    private static bool IsLetterDigitHyphen(string label) =>
        label.Length is > 0 and <= LongestLabel
        && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && (label.Length < 4 || label[2..4] != "--" || label.StartsWith(Idna.Prefix, StringComparison.Ordinal));
}
