namespace EPerfect.Privacy.Decisions;

/// <summary>The rules by which it is decided; each verdict names one.</summary>
internal static class DecisionRules
{
    public const string NothingAccepted = "nothing-accepted";
    public const string PurposeNotDeclared = "purpose-not-declared";

    /// <summary>A later version declares it; the person is not bound by that one.</summary>
    public const string PurposeNotAccepted = "purpose-not-accepted";
    public const string CategoryNotDeclared = "category-not-declared";
    public const string ConsentMissing = "consent-missing";
    public const string ConsentWithdrawn = "consent-withdrawn";

    /// <summary>It was given under a version that did not name this kind of data.</summary>
    public const string ConsentNarrower = "consent-narrower";
    public const string ConsentGiven = "consent-given";
    public const string Restricted = "restricted";

    /// <summary>The person was erased, or is being erased.</summary>
    public const string Erased = "erased";
    public const string Contract = "contract";
    public const string LegalObligation = "legal-obligation";
    public const string NotBalanced = "not-balanced";
    public const string Objected = "objected";
    public const string LegitimateInterest = "legitimate-interest";
    public const string BasisUnknown = "basis-unknown";
}
