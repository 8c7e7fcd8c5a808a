using System.Globalization;

namespace EPerfect.ServiceDefaults;

/// <summary>A stream's version as an entity tag (RFC 9110, section 8.8.3).</summary>
public static class ETags
{
    /// <summary>The tag of a version.</summary>
    /// <param name="version">The stream's version, counted from 1.</param>
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Whether an If-Match header allows a change to a version; an absent one always does.</summary>
    internal static bool Match(string header, long version) =>
        header.Length == 0 || Lists(header, "*") || Lists(header, Of(version));

    internal static bool Lists(string header, string tag) =>
        header.Split(',', StringSplitOptions.TrimEntries).Contains(tag, StringComparer.Ordinal);
}
