namespace EPerfect.Privacy.Decisions;

/// <summary>What data may be used for, as a version of the privacy policy declares it.</summary>
/// <param name="Purpose">Its name, such as <c>direct-mail</c>.</param>
/// <param name="Basis">One of <see cref="Bases"/>.</param>
/// <param name="Categories">The kinds of data that it may use; see <see cref="Decisions.Categories"/>.</param>
/// <param name="Description">In a sentence that a customer understands.</param>
/// <param name="BalancingTest">For a legitimate interest: the test that weighed it.</param>
internal sealed record PurposeDeclaration(
    string Purpose, string Basis, IReadOnlyList<string> Categories, string Description, string? BalancingTest = null)
{
    public bool Covers(string category) => Categories.Contains(category, StringComparer.Ordinal);

    public bool Same(PurposeDeclaration other) =>
        this with { Categories = other.Categories } == other
        && Categories.SequenceEqual(other.Categories, StringComparer.Ordinal);
}

/// <summary>Why a purpose is lawful (GDPR Art. 6(1)).</summary>
internal static class Bases
{
    public const string Contract = "contract";
    public const string Consent = "consent";
    public const string LegalObligation = "legal-obligation";

    /// <summary>The person may object to it (Art. 21).</summary>
    public const string LegitimateInterest = "legitimate-interest";

    public static IReadOnlyList<string> All { get; } = [Contract, Consent, LegalObligation, LegitimateInterest];
}

/// <summary>The kinds of data: the groups that are sealed and erased together, and what we make ourselves.</summary>
internal static class Categories
{
    /// <summary>Account status and choice of services: not sealed, for it names nobody.</summary>
    public const string Account = "account";

    public static IReadOnlyList<string> All { get; } =
        ["identity", "contact", "billing", "communications", "logs", "marketing", Account];
}
