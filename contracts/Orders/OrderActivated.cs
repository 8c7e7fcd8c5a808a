namespace EPerfect.Contracts.Orders;

/// <summary>All that the order could deliver is delivered; its subscriptions and their deadlines start.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="AccountId">Who ordered.</param>
/// <param name="DeliveredItems">The lines that are active now; the others were refunded.</param>
/// <param name="ActivatedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the order's stream that this event made.</param>
public sealed record OrderActivated(
    Guid OrderId, Guid AccountId, IReadOnlyList<Guid> DeliveredItems, DateTimeOffset ActivatedAt, long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "orders.order-activated.v1";
}
