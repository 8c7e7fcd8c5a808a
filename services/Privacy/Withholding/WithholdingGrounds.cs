namespace EPerfect.Privacy.Withholding;

/// <summary>What may forbid to tell. Stable words.</summary>
internal static class WithholdingGrounds
{
    public static IReadOnlyList<string> All { get; } = ["court-order", "authority-order", "statute"];
}

/// <summary>How it was stated to us: what was only said holds for thirty days at most (as in 45 CFR 164.528(a)(2)).</summary>
internal static class Statements
{
    public const string Written = "written";
    public const string Oral = "oral";

    public static readonly TimeSpan LongestOral = TimeSpan.FromDays(30);
}
