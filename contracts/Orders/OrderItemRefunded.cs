namespace EPerfect.Contracts.Orders;

/// <summary>A line that could not be delivered was paid back.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="ItemId">The line.</param>
/// <param name="AccountId">Who ordered.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Amount">What was paid back, in units of the currency.</param>
/// <param name="Reason">Why it could not be delivered, as a stable code such as <c>domain-taken</c>.</param>
/// <param name="RefundedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the order's stream that this event made.</param>
public sealed record OrderItemRefunded(
    Guid OrderId,
    Guid ItemId,
    Guid AccountId,
    string Currency,
    decimal Amount,
    string Reason,
    DateTimeOffset RefundedAt,
    long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "orders.order-item-refunded.v1";
}
