namespace EPerfect.Privacy.Documents;

/// <summary>The documents that there are, each with its stream. They make up the set that a customer accepts.</summary>
internal static class DocumentKind
{
    public const string PrivacyPolicy = "privacy-policy";

    private static readonly Dictionary<string, Guid> Streams = new(StringComparer.Ordinal)
    {
        [PrivacyPolicy] = OwnStreams.PrivacyPolicy,
        ["terms-of-service"] = OwnStreams.TermsOfService,
        ["acceptable-use-policy"] = OwnStreams.AcceptableUsePolicy,
        ["cgi-abuse-policy"] = OwnStreams.CgiAbusePolicy,
        ["uce-policy"] = OwnStreams.UcePolicy,
    };

    public static IReadOnlyCollection<string> All => Streams.Keys;

    public static bool IsKnown(string kind) => Streams.ContainsKey(kind);

    public static Guid StreamOf(string kind) => Streams[kind];
}
