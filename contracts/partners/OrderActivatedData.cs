namespace EPerfect.Contracts.Partners;

/// <summary>All that the order could deliver is delivered.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="DeliveredItems">The lines that are active now; the others were refunded.</param>
/// <param name="ActivatedAt">When, in UTC.</param>
public sealed record OrderActivatedData(
    Guid OrderId,
    IReadOnlyList<Guid> DeliveredItems,
    DateTimeOffset ActivatedAt) : IPartnerData
{
    /// <inheritdoc/>
    public static string EventType => "com.eperfect.order.activated.v1";

    /// <inheritdoc/>
    public static string Source => "orders";
}
