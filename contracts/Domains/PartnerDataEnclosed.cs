using EPerfect.Contracts.Privacy;

namespace EPerfect.Contracts.Domains;

/// <summary>Domains has encrypted what it holds of a person for a partner, as Privacy asked.</summary>
public sealed record PartnerDataEnclosed : PartnerDataAnswer, IContract
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "domains.partner-data-enclosed.v1";

    static string IContract.WireName => Name;
}
