using System.Diagnostics.CodeAnalysis;

namespace EPerfect.ServiceDefaults;

/// <summary>A domain or host name (RFC 1035, RFC 5890) in its one canonical form: ASCII (A-labels), lower case, no trailing dot.
/// Whoever sells a name and whoever registers it read it here: what is a name for one is a name for the other.</summary>
public sealed record DomainName
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    private DomainName(string ascii) => Ascii = ascii;

    /// <summary>The name, such as <c>xn--mnchen-3ya.de</c>.</summary>
    public string Ascii { get; }

    /// <summary>What people read: <c>münchen.de</c> for <c>xn--mnchen-3ya.de</c>.</summary>
    public string Unicode => Idna.ToUnicode(Ascii);

    /// <summary>What stands between its dots.</summary>
    public string[] Labels => Ascii.Split('.');

    /// <summary>Reads what a person typed.</summary>
    /// <param name="input">In any case and width, with or without a trailing dot.</param>
    /// <param name="name">The name, if it is one.</param>
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

    /// <summary>Reads what is known to be a name.</summary>
    /// <param name="input">The name.</param>
    /// <exception cref="FormatException">It is none.</exception>
    public static DomainName Parse(string input) =>
        TryParse(input, out var name) ? name : throw new FormatException("Not a domain name.");

    /// <inheritdoc/>
    public override string ToString() => Ascii;

    // Hyphens in third and fourth place are kept for encodings such as xn--, which Idna has checked already.
    private static bool IsLetterDigitHyphen(string label) =>
        label.Length is > 0 and <= LongestLabel
        && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && (label.Length < 4 || label[2..4] != "--" || label.StartsWith(Idna.Prefix, StringComparison.Ordinal));
}
