using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Ordering;

/// <summary>The syntax of a domain name that is ordered. Whether it may be registered is for Domains to say.</summary>
internal static class OrderedName
{
    /// <summary>The name in its ASCII form; null if it is no domain name below a top-level domain.</summary>
    public static string? ToAscii(string? name) =>
        DomainName.TryParse(name, out var known) && known.Labels.Length > 1 ? known.Ascii : null;

    /// <summary>Whether the name is one label below the top-level domain, which may itself have dots (co.uk).</summary>
    public static bool IsDirectlyBelow(string ascii, string tld) =>
        ascii.Length > tld.Length + 1
        && ascii.EndsWith($".{tld}", StringComparison.Ordinal)
        && !ascii.AsSpan(0, ascii.Length - tld.Length - 1).Contains('.');
}
