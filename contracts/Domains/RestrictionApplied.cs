using EPerfect.Contracts.Privacy;

namespace EPerfect.Contracts.Domains;

/// <summary>Domains has restricted the processing of a person's data, or has lifted that, as Privacy ordered.</summary>
public sealed record RestrictionApplied : RestrictionAnswer, IContract
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "domains.restriction-applied.v1";

    static string IContract.WireName => Name;
}
