namespace EPerfect.Contracts.Partners;

/// <summary>The order ended without delivering anything.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Reason">Why, as a stable code, such as <c>customer</c> or <c>payment-declined</c>.</param>
/// <param name="CancelledAt">When, in UTC.</param>
public sealed record OrderCancelledData(Guid OrderId, string Reason, DateTimeOffset CancelledAt) : IPartnerData
{
    /// <inheritdoc/>
    public static string EventType => "com.eperfect.order.cancelled.v1";

    /// <inheritdoc/>
    public static string Source => "orders";
}
