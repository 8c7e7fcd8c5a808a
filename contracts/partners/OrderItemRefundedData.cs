namespace EPerfect.Contracts.Partners;

/// <summary>A line that could not be delivered was paid back.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="ItemId">The line of the order.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Amount">What was paid back: a decimal number as text, in units of the currency.</param>
/// <param name="Reason">Why it could not be delivered, as a stable code, such as <c>domain-taken</c>.</param>
/// <param name="RefundedAt">When, in UTC.</param>
public sealed record OrderItemRefundedData(
    Guid OrderId,
    Guid ItemId,
    string Currency,
    string Amount,
    string Reason,
    DateTimeOffset RefundedAt) : IPartnerData
{
    /// <inheritdoc/>
    public static string EventType => "com.eperfect.order.item-refunded.v1";

    /// <inheritdoc/>
    public static string Source => "orders";
}
