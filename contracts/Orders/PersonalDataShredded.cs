using EPerfect.Contracts.Privacy;

namespace EPerfect.Contracts.Orders;

/// <summary>Orders has destroyed what it held of a person, searched its store, and proven that nothing readable is left but
/// what is held back. Comes again when that is destroyed too.</summary>
public sealed record PersonalDataShredded : ShreddedAnswer, IContract
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "orders.personal-data-shredded.v1";

    static string IContract.WireName => Name;
}
