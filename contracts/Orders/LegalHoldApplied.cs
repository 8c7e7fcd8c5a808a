using EPerfect.Contracts.Privacy;

namespace EPerfect.Contracts.Orders;

/// <summary>Orders has placed a legal hold in its vault, or ended it there, as Privacy ordered.</summary>
public sealed record LegalHoldApplied : LegalHoldAnswer, IContract
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "orders.legal-hold-applied.v1";

    static string IContract.WireName => Name;
}
