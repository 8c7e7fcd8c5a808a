using EPerfect.Orders.Ordering;

namespace EPerfect.Orders.Payment;

internal static class PaymentAttempts
{
    /// <summary>Recorded with the time of the next try, so that a restart neither forgets nor hurries it.</summary>
    public static PaymentAttemptFailed Failed(Order order, PaymentStep step, string reason, DateTimeOffset now)
    {
        var attempt = order.Attempts + 1;
        return new(step, attempt, reason, Backoff.RetryAt(attempt, now), now);
    }
}
