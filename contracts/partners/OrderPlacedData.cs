namespace EPerfect.Contracts.Partners;

/// <summary>A customer ordered.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Total">What is due now: a decimal number as text, in units of the currency (not cents).</param>
/// <param name="Items">What was ordered.</param>
/// <param name="PlacedAt">When, in UTC.</param>
public sealed record OrderPlacedData(
    Guid OrderId,
    string Currency,
    string Total,
    IReadOnlyList<OrderedItemData> Items,
    DateTimeOffset PlacedAt) : IPartnerData
{
    /// <inheritdoc/>
    public static string EventType => "com.eperfect.order.placed.v1";

    /// <inheritdoc/>
    public static string Source => "orders";
}
