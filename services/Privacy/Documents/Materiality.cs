namespace EPerfect.Privacy.Documents;

/// <summary>How much a new version changes, and so what a person must have had before it is used on their data.</summary>
internal static class Materiality
{
    /// <summary>The same in other words: holds for everybody from its date on.</summary>
    public const string Editorial = "editorial";

    /// <summary>Something else: holds for who was told.</summary>
    public const string Material = "material";

    /// <summary>Data for more than before: holds for who accepted it.</summary>
    public const string WiderPurpose = "wider-purpose";

    public static IReadOnlyList<string> All { get; } = [Editorial, Material, WiderPurpose];

    /// <summary>How long before its date a version is published.</summary>
    public static TimeSpan NoticePeriod(string materiality) =>
        materiality == Editorial ? TimeSpan.Zero : TimeSpan.FromDays(30);
}
