using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>What may be agreed: nothing beyond what the privacy policy in force says to customers.</summary>
internal static class TermsRules
{
    private const int LongestRetention = 3650;

    public static Refusal? WhyNot(Terms terms, Document? policy, DateTimeOffset now)
    {
        var declared = policy?.InForce(now) is { } inForce ? policy.PurposesOf(inForce.Version) : [];
        var purposes = declared.Where(one => terms.Purposes.Contains(one.Purpose, StringComparer.Ordinal)).ToArray();
        return purposes.Length == 0 || purposes.Length != terms.Purposes.Count ? UnknownPurpose
            : purposes.Any(one => one.Basis != Bases.Consent || one.Basis != terms.LegalBasis) ? OtherBasis
            : terms.Categories.Count == 0 || HasTwice(terms.Categories)
                || terms.Categories.Any(category => !purposes.Any(one => one.Covers(category))) ? ForeignCategory
            : WhyNot(terms) ?? (terms.RetentionDays is < 1 or > LongestRetention ? Retention : null)
            ?? (terms.Until <= now ? Past : null);
    }

    private static Refusal? WhyNot(Terms terms)
    {
        if (terms.Events.Count == 0 || HasTwice(terms.Events.Select(e => e.Type))) return NoEvents;
        foreach (var agreed in terms.Events)
        {
            if (FeedTypes.Find(agreed.Type) is not { Release: ReleaseRule.Agreed } type) return UnknownType;
            if (HasTwice(agreed.Fields) || agreed.Fields.Any(field => type.Find(field) is null)) return UnknownField;
            var kinds = agreed.Fields.Select(field => type.Find(field)!.Category).Append(Categories.Account);
            if (kinds.Any(kind => !terms.Categories.Contains(kind, StringComparer.Ordinal))) return MissingCategory;
        }

        return null;
    }

    private static bool HasTwice(IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return !names.All(seen.Add);
    }

    private static readonly Refusal UnknownPurpose = new(
        422, "agreement-purpose-unknown", "An agreement is for purposes of the privacy policy in force, each named once.",
        "/purposes");

    private static readonly Refusal OtherBasis = new(
        422, "agreement-basis-differs", "The legal basis is consent, and the policy names it for each of the purposes.",
        "/legalBasis");

    private static readonly Refusal ForeignCategory = new(
        422, "agreement-category-foreign", "Categories are those that the policy names for the purposes, each named once.",
        "/categories");

    private static readonly Refusal NoEvents =
        new(422, "agreement-events-invalid", "An agreement is about one event or more, each named once.", "/events");

    internal static readonly Refusal UnknownType = new(
        422, "event-type-unknown", $"What is agreed on is one of: {string.Join(", ", FeedTypes.Agreeable)}.", "/events");

    private static readonly Refusal UnknownField = new(
        422, "event-field-unknown", "A field is one of those that the event's schema names, each named once.", "/events");

    private static readonly Refusal MissingCategory = new(
        422, "agreement-category-missing", "The categories cover each event (account) and each field of it.", "/categories");

    private static readonly Refusal Retention = new(
        422, "agreement-retention-invalid", "A partner keeps what it gets for 1 to 3650 days.", "/retentionDays");

    private static readonly Refusal Past =
        new(422, "agreement-term-past", "An agreement that ends does so in the future.", "/until");
}
