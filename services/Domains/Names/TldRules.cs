using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Names;

/// <summary>
/// What one registry sells and on what terms. Under <see cref="MinimumDataSet"/> the registry keeps no contacts: only
/// the registrar knows the registrant. <see cref="RepositoryId"/> ends the registry's object identifiers.
/// <see cref="Scripts"/> are those beyond ASCII; one label keeps to one script, so that no name imitates another.
/// </summary>
internal sealed record TldRule(
    string Suffix,
    int MinimumYears,
    int MaximumYears,
    bool MinimumDataSet,
    string RepositoryId,
    IReadOnlyList<string> Scripts,
    IReadOnlyList<string> Reserved)
{
    public bool Allows(int years) => years >= MinimumYears && years <= MaximumYears;
}

/// <summary>The table of what is sold, from Data/tlds.json.</summary>
internal static class TldRules
{
    private static readonly Table Data = Load();
    private static readonly FrozenDictionary<string, TldRule> BySuffix =
        Data.Tlds.ToFrozenDictionary(tld => tld.Suffix, StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, (int First, int Last)[]> Scripts =
        Data.Scripts.ToFrozenDictionary(s => s.Key, s => s.Value.Select(Range).ToArray(), StringComparer.Ordinal);

    /// <summary>
    /// The rule under which exactly this name is sold: one label under an offered suffix, in a script of the TLD.
    /// </summary>
    public static TldRule? For(DomainName name)
    {
        var suffix = PublicSuffixes.Registries.SuffixOf(name);
        return BySuffix.TryGetValue(suffix, out var rule)
            && name.Labels.Length == suffix.Split('.').Length + 1
            && IsInOneScript(name.Unicode.Split('.')[0], rule.Scripts) ? rule : null;
    }

    public static bool IsReserved(DomainName name, TldRule rule) =>
        Data.ReservedEverywhere.Contains(name.Labels[0]) || rule.Reserved.Contains(name.Labels[0]);

    private static bool IsInOneScript(string label, IReadOnlyList<string> scripts) =>
        Ascii.IsValid(label) || scripts.Any(script => label.EnumerateRunes().All(c => IsIn(script, c)));

    // Digits and the hyphen go with every script.
    private static bool IsIn(string script, Rune c) =>
        c.Value == '-'
        || (c.IsAscii && Rune.IsDigit(c))
        || Scripts[script].Any(range => c.Value >= range.First && c.Value <= range.Last);

    private static (int First, int Last) Range(string text)
    {
        var ends = text.Split('-');
        return (int.Parse(ends[0], NumberStyles.HexNumber), int.Parse(ends[^1], NumberStyles.HexNumber));
    }

    private static Table Load()
    {
        using var file = DataFile.Open("tlds.json");
        return JsonSerializer.Deserialize<Table>(file, JsonSerializerOptions.Web)!;
    }

    private sealed record Table(
        IReadOnlyDictionary<string, IReadOnlyList<string>> Scripts,
        IReadOnlyList<string> ReservedEverywhere,
        IReadOnlyList<TldRule> Tlds);
}
