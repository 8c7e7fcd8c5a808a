namespace EPerfect.Privacy.Documents;

/// <summary>The documents that there are, each with its stream. They make up the set that a customer accepts.</summary>
internal static class DocumentKind
{
    public const string PrivacyPolicy = "privacy-policy";

    private static readonly Dictionary<string, Guid> Streams = new(StringComparer.Ordinal)
    {
        [PrivacyPolicy] = OwnStreams.At(0x01),
        ["terms-of-service"] = OwnStreams.At(0x02),
        ["acceptable-use-policy"] = OwnStreams.At(0x03),
        ["cgi-abuse-policy"] = OwnStreams.At(0x04),
        ["uce-policy"] = OwnStreams.At(0x05),
    };

    public static IReadOnlyCollection<string> All => Streams.Keys;

    public static bool IsKnown(string kind) => Streams.ContainsKey(kind);

    public static Guid StreamOf(string kind) => Streams[kind];
}
