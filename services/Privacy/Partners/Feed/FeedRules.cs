using System.Collections.Immutable;
using System.Text.Json;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Partners.Agreements;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>What may leave of an entry, for what, and by which rule.</summary>
internal sealed record Cleared(
    FeedEntry Entry, IReadOnlyList<string> Fields, string Rule, string? Purpose = null, int? PolicyVersion = null)
{
    /// <summary>What only this partner can read.</summary>
    public IReadOnlyDictionary<string, JsonElement> Enclosed { get; init; } =
        ImmutableDictionary<string, JsonElement>.Empty;

    /// <summary>The data that may leave, in the order in which it was recorded.</summary>
    public IReadOnlyDictionary<string, JsonElement> Data => Entry.Recorded.Data.EnumerateObject()
        .Select(member => KeyValuePair.Create(member.Name, member.Value))
        .Concat(Enclosed)
        .Where(member => Fields.Contains(member.Key, StringComparer.Ordinal))
        .ToDictionary(StringComparer.Ordinal);
}

/// <summary>Which members of a type may be told of a person now, for what and by which rule.</summary>
internal sealed record Allowed(IReadOnlyList<string> Fields, string Purpose, Verdict Verdict);

/// <summary>May this partner hear of this entry now, and of which members of it? No, unless a rule says yes.</summary>
internal static class FeedRules
{
    public const string DutyToNotify = "gdpr-art-19";
    public const string AboutThePartner = "about-the-partner";

    /// <param name="entry">The entry.</param>
    /// <param name="partner">The partner.</param>
    /// <param name="agreement">What is in force with it.</param>
    /// <param name="facts">What is known of the person, now.</param>
    /// <param name="wasTold">Whether the partner ever heard of the person.</param>
    public static Cleared? Decide(FeedEntry entry, Partner partner, Agreement agreement, Facts facts, bool wasTold)
    {
        var recorded = entry.Recorded;
        if (FeedTypes.Find(recorded.Type) is not { } type) return null;
        if (recorded.OnlyFor is { } one && one != partner.Id) return null;
        return type.Release switch
        {
            ReleaseRule.Own when recorded.OnlyFor == partner.Id => new(entry, FieldsOf(type), AboutThePartner),
            ReleaseRule.Duty when wasTold => new(entry, FieldsOf(type), DutyToNotify),
            // Nothing of the time before it, or this part of it, was agreed; and in a sandbox nothing but what was made for it.
            ReleaseRule.Agreed when entry.Position > agreement.Since
                && (partner.Mode == PartnerMode.Live || recorded.OnlyFor is not null)
                && facts.Person is { Erasing: null } person
                && (recorded.Enclosed is null || !person.IsRestricted)
                && AsAgreed(type, agreement.TermsAt(entry.Position), facts) is { } allowed =>
                    new(entry, allowed.Fields, allowed.Verdict.Rule, allowed.Purpose, allowed.Verdict.PolicyVersion),
            _ => null,
        };
    }

    /// <summary>As agreement and consent go; null if nothing may be told.</summary>
    public static Allowed? AsAgreed(FeedType type, Terms terms, Facts facts)
    {
        if (terms.FieldsOf(type.Name) is not { } agreed) return null;
        foreach (var purpose in terms.Purposes)
        {
            if (!May(Categories.Account, out var verdict)) continue;
            var fields = agreed.Where(field => type.Find(field) is { } known && May(known.Category, out _));
            return new([.. fields], purpose, verdict);

            bool May(string category, out Verdict decided)
            {
                decided = MayUse.Decide(facts, purpose, category);
                // Partners are told with consent only, whatever a purpose's basis has become.
                return decided is { Allowed: true, Basis: Bases.Consent }
                    && terms.Categories.Contains(category, StringComparer.Ordinal);
            }
        }

        return null;
    }

    private static IReadOnlyList<string> FieldsOf(FeedType type) => [.. type.Fields.Select(field => field.Name)];
}
