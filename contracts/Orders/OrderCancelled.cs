namespace EPerfect.Contracts.Orders;

/// <summary>The order ended without delivering anything.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="AccountId">Who ordered.</param>
/// <param name="Reason">Why, as a stable code: <c>customer</c>, <c>payment-declined</c>, <c>payment-unavailable</c>
/// (the gateway gave no answer for a day), <c>account-unknown</c>, <c>account-closed</c>,
/// <c>nothing-delivered</c>.</param>
/// <param name="CancelledAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the order's stream that this event made.</param>
public sealed record OrderCancelled(
    Guid OrderId, Guid AccountId, string Reason, DateTimeOffset CancelledAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "orders.order-cancelled.v1";
}
