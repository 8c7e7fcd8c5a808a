namespace EPerfect.Contracts.Partners;

/// <summary>The order's whole amount was captured, once.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Amount">What was captured: a decimal number as text, in units of the currency.</param>
/// <param name="PaidAt">When, in UTC.</param>
public sealed record OrderPaidData(Guid OrderId, string Currency, string Amount, DateTimeOffset PaidAt) : IPartnerData
{
    /// <inheritdoc/>
    public static string EventType => "com.eperfect.order.paid.v1";

    /// <inheritdoc/>
    public static string Source => "orders";
}
