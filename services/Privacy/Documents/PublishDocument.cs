using EPerfect.Privacy.Decisions;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Documents;

/// <summary>
/// A published version is never changed and never skipped, takes effect after the one before it, and not before people
/// had the time to read of it. Nobody has to be told of the versions that there were before the first start.
/// </summary>
internal static class PublishDocument
{
    internal static Decision Decide(Document? document, DocumentText text, DateTimeOffset now) =>
        Check(document, text, isFirstStart: document is null, now);

    /// <summary>All shipped versions of a document, oldest first.</summary>
    internal static Decision Seed(Document? document, IEnumerable<DocumentText> texts, DateTimeOffset now)
    {
        var (folded, events) = (document, new List<object>());
        foreach (var text in texts)
        {
            var decision = Check(folded, text, isFirstStart: document is null, now);
            if (decision.Refusal is not null) return decision;
            foreach (var e in decision.Events) folded = Fold(folded, e);
            events.AddRange(decision.Events);
        }

        return Decision.Of([.. events]);
    }

    private static Decision Check(Document? document, DocumentText text, bool isFirstStart, DateTimeOffset now)
    {
        if (document?.Find(text.Version) is { } published)
        {
            var same = published.Sha256 == text.Sha256 && published.EffectiveAt == text.EffectiveAt
                && document.MaterialityOf(text.Version) == text.Materiality;
            if (!same) return Changed;
            if (text.Purposes is not { } purposes) return Decision.Nothing;
            var declared = document.PurposesOf(text.Version);
            return declared.Count == 0 ? Decision.Of(new PurposesDeclared(text.Version, purposes))
                : PurposeRules.Same(declared, purposes) ? Decision.Nothing
                : Changed;
        }

        var newest = document?.Newest;
        if (text.Version != (newest?.Version ?? 0) + 1) return Skipped;
        if (newest?.EffectiveAt >= text.EffectiveAt) return Retroactive;
        if (!isFirstStart && text.EffectiveAt < now + Materiality.NoticePeriod(text.Materiality)) return TooSoon;
        var before = newest is null ? null : document!.PurposesOf(newest.Version);
        return PurposeRules.WhyNot(before, text) is { } refusal ? refusal : Decision.Of([.. Events(text, before, now)]);
    }

    private static IEnumerable<object> Events(
        DocumentText text, IReadOnlyList<PurposeDeclaration>? before, DateTimeOffset now)
    {
        yield return new DocumentPublished(
            text.Kind, text.Title, text.Version, text.Sha256, text.EffectiveAt, text.Content, now);
        if (text.Materiality != Materiality.Editorial)
            yield return new NoticeDue(text.Kind, text.Version, text.Materiality, text.EffectiveAt);
        if (text.Kind == DocumentKind.PrivacyPolicy)
            yield return new PurposesDeclared(text.Version, text.Purposes ?? before ?? []);
    }

    private static Document Fold(Document? document, object e) => e switch
    {
        DocumentPublished x => document?.Apply(x) ?? Document.Create(x),
        NoticeDue x => document!.Apply(x),
        PurposesDeclared x => document!.Apply(x),
        _ => document!,
    };

    private static readonly Refusal Changed = new(
        409, "document-changed", "A published version keeps its bytes and its date for ever: publish a new one.");

    private static readonly Refusal Skipped = new(
        409, "document-version-skipped", "Versions are counted from 1 without a gap.");

    private static readonly Refusal Retroactive = new(
        409, "document-retroactive", "A version takes effect after the version before it.");

    private static readonly Refusal TooSoon = new(
        422,
        "document-notice-too-short",
        "A version takes effect when its notice is over: editorial at once, material or wider purpose after 30 days.",
        "/effectiveAt");
}
