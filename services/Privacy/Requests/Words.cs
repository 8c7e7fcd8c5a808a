namespace EPerfect.Privacy.Requests;

/// <summary>Who files. Stable words.</summary>
internal static class Filers
{
    public const string Owner = "owner";
    public const string Member = "member";
    public const string Staff = "staff";
    public const string Agent = "agent";
}

/// <summary>How we know that it is the person.</summary>
internal static class Verifications
{
    public const string RecentSignIn = "recent-sign-in";
    public const string SecondFactor = "second-factor";

    /// <summary>The agent may ask for the person. Who the agent is, is another question.</summary>
    public const string MandateChecked = "mandate-checked";

    /// <summary>What staff may record of who asks.</summary>
    public static IReadOnlyList<string> ByStaff { get; } = ["document-checked", "in-person", "callback", "signed-letter"];
}

/// <summary>Why a request is not carried out.</summary>
internal static class Grounds
{
    public const string NoDataHeld = "no-data-held";
    public const string WithheldByLaw = "withheld-by-law";

    public static IReadOnlyList<string> All { get; } =
    [
        "manifestly-unfounded", "excessive", "identity-not-proven", NoDataHeld, "rights-of-others", "legal-claims",
        "compelling-grounds", WithheldByLaw,
    ];
}

/// <summary>Whose interest prevailed when an objection was weighed, and by what.</summary>
internal static class ObjectionGrounds
{
    /// <summary>To direct marketing there is nothing to weigh (GDPR Art. 21(3)).</summary>
    public const string DirectMarketing = "direct-marketing";

    public static IReadOnlyList<string> ForThePerson { get; } = ["interest-of-the-person", "not-necessary"];

    /// <summary>Art. 21(1).</summary>
    public static IReadOnlyList<string> ForUs { get; } = ["compelling-grounds", "legal-claims"];
}

/// <summary>Why it takes longer.</summary>
internal static class ExtensionReasons
{
    public static IReadOnlyList<string> All { get; } = ["complexity", "number-of-requests"];
}
