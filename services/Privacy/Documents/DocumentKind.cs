namespace EPerfect.Privacy.Documents;

/// <summary>The documents that there are, each with its stream. They make up the set that a customer accepts.</summary>
internal static class DocumentKind
{
    private static readonly Dictionary<string, Guid> Streams = new(StringComparer.Ordinal)
    {
        ["privacy-policy"] = new("0190f3a0-0000-7000-8000-000000000001"),
        ["terms-of-service"] = new("0190f3a0-0000-7000-8000-000000000002"),
        ["acceptable-use-policy"] = new("0190f3a0-0000-7000-8000-000000000003"),
        ["cgi-abuse-policy"] = new("0190f3a0-0000-7000-8000-000000000004"),
        ["uce-policy"] = new("0190f3a0-0000-7000-8000-000000000005"),
    };

    public static IReadOnlyCollection<string> All => Streams.Keys;

    public static bool IsKnown(string kind) => Streams.ContainsKey(kind);

    public static Guid StreamOf(string kind) => Streams[kind];
}
