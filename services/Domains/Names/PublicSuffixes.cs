using System.Collections.Frozen;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Names;

/// <summary>
/// The Public Suffix List: under which names do registries sell? Rules are matched from the right; an exception
/// (<c>!city.kobe.jp</c>) beats all, else the longest match wins, else the last label is the suffix.
/// </summary>
internal sealed class PublicSuffixes
{
    private const string EndOfRegistries = "===END ICANN DOMAINS===";
    private static readonly Lazy<PublicSuffixes> OfRegistries = new(() => Load(privateToo: false));
    private readonly FrozenSet<string> rules;

    private PublicSuffixes(FrozenSet<string> rules) => this.rules = rules;

    /// <summary>
    /// Suffixes run by registries, without those that companies run beneath their own names (github.io).
    /// </summary>
    public static PublicSuffixes Registries => OfRegistries.Value;

    public static PublicSuffixes Load(bool privateToo)
    {
        using var reader = new StreamReader(DataFile.Open("public_suffix_list.dat"));
        var loaded = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (!privateToo && line.Contains(EndOfRegistries, StringComparison.Ordinal)) break;
            if (line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)) loaded.Add(ToAscii(line.Trim()));
        }

        return new PublicSuffixes(loaded.ToFrozenSet(StringComparer.Ordinal));
    }

    public string SuffixOf(DomainName name)
    {
        var labels = name.Labels;
        var suffix = labels[^1];
        for (var i = labels.Length - 1; i >= 0; i--)
        {
            var candidate = string.Join('.', labels[i..]);
            var parent = string.Join('.', labels[Math.Min(i + 1, labels.Length)..]);
            if (rules.Contains("!" + candidate)) return parent;
            if (rules.Contains(candidate) || (parent.Length > 0 && rules.Contains("*." + parent))) suffix = candidate;
        }

        return suffix;
    }

    /// <summary>The suffix and one label: what is sold. Null when the name is itself a suffix.</summary>
    public string? RegistrableOf(DomainName name)
    {
        var (labels, suffix) = (name.Labels, SuffixOf(name));
        var suffixLength = suffix.Split('.').Length;
        return labels.Length > suffixLength ? string.Join('.', labels[^(suffixLength + 1)..]) : null;
    }

    private static string ToAscii(string rule) =>
        string.Join('.', rule.Split('.').Select(label => Idna.ToAscii(label) ?? label));
}
