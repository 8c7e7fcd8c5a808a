namespace EPerfect.Contracts.Orders;

/// <summary>The order's whole amount was captured, once.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="AccountId">Who ordered.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Amount">What was captured, in units of the currency.</param>
/// <param name="PaidAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the order's stream that this event made.</param>
public sealed record OrderPaid(
    Guid OrderId, Guid AccountId, string Currency, decimal Amount, DateTimeOffset PaidAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "orders.order-paid.v1";
}
