namespace EPerfect.Privacy.Requests.Rectification;

/// <summary>How a recipient was told by hand, or why not (GDPR Art. 19). Stable words.</summary>
internal static class Tellings
{
    public static IReadOnlyList<string> All { get; } = ["by-letter", "by-phone", "impossible", "disproportionate"];
}
