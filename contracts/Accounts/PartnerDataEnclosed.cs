using EPerfect.Contracts.Privacy;

namespace EPerfect.Contracts.Accounts;

/// <summary>Accounts has encrypted what it holds of a person for a partner, as Privacy asked.</summary>
public sealed record PartnerDataEnclosed : PartnerDataAnswer, IContract
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "accounts.partner-data-enclosed.v1";

    static string IContract.WireName => Name;
}
