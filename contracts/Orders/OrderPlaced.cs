namespace EPerfect.Contracts.Orders;

/// <summary>A customer ordered; prices are pinned to the catalogue's version.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="AccountId">Who ordered.</param>
/// <param name="CatalogueVersion">The catalogue that the prices were taken from.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Total">What is due now, in units of the currency (not cents).</param>
/// <param name="Items">What was ordered.</param>
/// <param name="PlacedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the order's stream that this event made.</param>
public sealed record OrderPlaced(
    Guid OrderId,
    Guid AccountId,
    int CatalogueVersion,
    string Currency,
    decimal Total,
    IReadOnlyList<OrderedItem> Items,
    DateTimeOffset PlacedAt,
    long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "orders.order-placed.v1";
}
