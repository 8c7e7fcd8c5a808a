using System.Collections.Immutable;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>What holds between us and a partner, since which place in the store.</summary>
/// <param name="Version">Counted with each proposal and each narrowing.</param>
/// <param name="Terms">What is agreed.</param>
/// <param name="Since">Nothing that stands before this place is told.</param>
/// <param name="Later">Purposes, categories, types and members that were agreed on after that, and since which place each is
/// told; null if there is none.</param>
internal sealed record Agreement(int Version, Terms Terms, long Since, ImmutableDictionary<string, long>? Later = null)
{
    /// <summary>What is new in these terms is told of what happens from this place on; of what was agreed before, nothing
    /// is lost.</summary>
    public Agreement Replace(int version, Terms terms, long position)
    {
        var before = NamesIn(Terms).ToHashSet(StringComparer.Ordinal);
        var later = NamesIn(terms)
            .Select(name => KeyValuePair.Create(name, before.Contains(name) ? SinceOf(name) : position))
            .Where(one => one.Value > Since)
            .ToImmutableDictionary(StringComparer.Ordinal);
        return new(version, terms, Since, later.IsEmpty ? null : later);
    }

    /// <summary>What of the terms holds for an event that stands at this place.</summary>
    public Terms TermsAt(long position) => Later is null
        ? Terms
        : Terms with
        {
            Purposes = [.. Terms.Purposes.Where(purpose => SinceOf(OfPurpose(purpose)) < position)],
            Categories = [.. Terms.Categories.Where(category => SinceOf(OfCategory(category)) < position)],
            Events =
            [
                .. Terms.Events.Where(e => SinceOf(e.Type) < position).Select(e => e with
                {
                    Fields = [.. e.Fields.Where(field => SinceOf(OfField(e, field)) < position)],
                }),
            ],
        };

    private long SinceOf(string name) => Later?.TryGetValue(name, out var since) == true ? since : Since;

    private static IEnumerable<string> NamesIn(Terms terms) => terms.Purposes.Select(OfPurpose)
        .Concat(terms.Categories.Select(OfCategory))
        .Concat(terms.Events.SelectMany(e => e.Fields.Select(field => OfField(e, field)).Prepend(e.Type)));

    private static string OfPurpose(string purpose) => $"for {purpose}";

    private static string OfCategory(string category) => $"of {category}";

    private static string OfField(AgreedEvent e, string field) => $"{e.Type} {field}";
}
