namespace EPerfect.Orders.Ordering;

/// <summary>Why an order ended; the codes of the published <c>orders.order-cancelled.v1</c>.</summary>
internal static class CancelReasons
{
    public const string Customer = "customer";
    public const string PaymentDeclined = "payment-declined";
    public const string PaymentUnavailable = "payment-unavailable";
    public const string AccountUnknown = "account-unknown";
    public const string AccountClosed = "account-closed";
    public const string NothingDelivered = "nothing-delivered";

    /// <summary>Whether money may still be held at the gateway and has to be let go. Of a payment that was declined the step
    /// tells: nothing was held yet, or it still is.</summary>
    public static bool LeaveAnAuthorisation(string reason) => reason is Customer or AccountClosed or PaymentUnavailable;
}
