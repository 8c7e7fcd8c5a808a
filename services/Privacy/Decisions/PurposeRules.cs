using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Decisions;

/// <summary>What a version of a document may declare as purposes.</summary>
internal static class PurposeRules
{
    public static Refusal? WhyNot(IReadOnlyList<PurposeDeclaration>? before, DocumentText text)
    {
        if (text.Purposes is not { } declared) return null;
        if (text.Kind != DocumentKind.PrivacyPolicy) return Misplaced;
        if (!declared.All(IsSound) || declared.DistinctBy(x => x.Purpose, StringComparer.Ordinal).Count() < declared.Count)
            return Unsound;
        return before is not null && Widen(before, declared) && text.Materiality != Materiality.WiderPurpose
            ? Understated
            : null;
    }

    public static bool Same(IReadOnlyList<PurposeDeclaration> one, IReadOnlyList<PurposeDeclaration> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => pair.First.Same(pair.Second));

    /// <summary>A new purpose, more data for an old one, or what needed the person's leave needs it no more.</summary>
    internal static bool Widen(IReadOnlyList<PurposeDeclaration> before, IReadOnlyList<PurposeDeclaration> now) =>
        now.Any(x => before.FirstOrDefault(old => old.Purpose == x.Purpose) is not { } old
            || !x.Categories.All(old.Covers)
            || old.Basis != x.Basis && x.Basis != Bases.Consent);

    private static bool IsSound(PurposeDeclaration x) =>
        x.Purpose.Length is > 0 and <= 64
        && Bases.All.Contains(x.Basis, StringComparer.Ordinal)
        && x.Categories.Count > 0
        && x.Categories.All(category => Categories.All.Contains(category, StringComparer.Ordinal))
        && (x.Basis == Bases.LegitimateInterest) == BalancingTests.Has(x.BalancingTest);

    private static readonly Refusal Misplaced = new(
        422, "purposes-misplaced", "The privacy policy declares purposes, and no other document.", "/purposes");

    private static readonly Refusal Unsound = new(
        422,
        "purpose-invalid",
        "A purpose has one name, a basis and categories that there are; a legitimate interest has a balancing test.",
        "/purposes");

    private static readonly Refusal Understated = new(
        422, "materiality-understated", "Who widens what data is used for says wider-purpose.", "/materiality");
}
