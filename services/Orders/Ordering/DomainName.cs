using System.Globalization;

namespace EPerfect.Orders.Ordering;

/// <summary>The syntax of a domain name (RFC 1035, RFC 5890). Whether it may be registered is for Domains to say.</summary>
internal static class DomainName
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = true };

    /// <summary>The name in its ASCII form, lower case, without a trailing dot; null if it is not a domain name.</summary>
    public static string? ToAscii(string? name)
    {
        if (name is not { Length: > 0 and <= 253 }) return null;
        try
        {
            var ascii = Idn.GetAscii(name.ToLowerInvariant().TrimEnd('.'));
            var labels = ascii.Split('.');
            return ascii.Length <= 253 && labels.Length >= 2 && labels.All(IsLabel) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether the name is one label directly below the top-level domain, which may itself have dots (co.uk).</summary>
    public static bool IsDirectlyBelow(string ascii, string tld) =>
        ascii.Length > tld.Length + 1
        && ascii.EndsWith($".{tld}", StringComparison.Ordinal)
        && !ascii.AsSpan(0, ascii.Length - tld.Length - 1).Contains('.');

    private static bool IsLabel(string label) =>
        label is { Length: >= 1 and <= 63 }
        && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && !label.StartsWith('-') && !label.EndsWith('-')
        && (label is not [_, _, '-', '-', ..] || label.StartsWith("xn--", StringComparison.Ordinal));
}
