using EPerfect.PersonalData;

namespace EPerfect.Privacy.LegalHolds;

/// <summary>What of a person can be held, in the words of the wire.</summary>
internal static class HoldGroups
{
    public static IReadOnlyList<string> All { get; } =
        [.. Enum.GetNames<DataGroup>().Select(name => name.ToLowerInvariant())];

    /// <summary>Named once each; all, if none is named. Null if there is one that is none.</summary>
    public static IReadOnlyList<string>? Read(IReadOnlyList<string>? named) =>
        named is null or { Count: 0 } ? All
        : named.All(one => All.Contains(one, StringComparer.Ordinal)) ? [.. All.Where(named.Contains)]
        : null;
}
