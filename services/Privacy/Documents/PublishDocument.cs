using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Documents;

/// <summary>A published version is never changed and never skipped, and takes effect after the one before it.</summary>
internal static class PublishDocument
{
    internal static Decision Decide(Document? document, DocumentText text, DateTimeOffset now)
    {
        var newest = document?.Newest;
        if (document?.Find(text.Version) is { } published)
        {
            return published.Sha256 == text.Sha256 && published.EffectiveAt == text.EffectiveAt
                ? Decision.Nothing
                : Changed;
        }

        if (text.Version != (newest?.Version ?? 0) + 1) return Skipped;
        if (newest?.EffectiveAt >= text.EffectiveAt) return Retroactive;
        return Decision.Of(new DocumentPublished(
            text.Kind, text.Title, text.Version, text.Sha256, text.EffectiveAt, text.Content, now));
    }

    private static readonly Refusal Changed = new(
        409, "document-changed", "A published version keeps its bytes and its date for ever: publish a new one.");

    private static readonly Refusal Skipped = new(
        409, "document-version-skipped", "Versions are counted from 1 without a gap.");

    private static readonly Refusal Retroactive = new(
        409, "document-retroactive", "A version takes effect after the version before it.");
}
