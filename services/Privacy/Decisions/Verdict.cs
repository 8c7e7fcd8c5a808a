namespace EPerfect.Privacy.Decisions;

/// <summary>Whether data may be used, by which rule, and under which version of the privacy policy.</summary>
internal sealed record Verdict(bool Allowed, string Rule, int? PolicyVersion = null, string? Basis = null)
{
    public static Verdict No(string rule, int? policyVersion = null, string? basis = null) =>
        new(Allowed: false, rule, policyVersion, basis);
}
