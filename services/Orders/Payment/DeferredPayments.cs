using EPerfect.Orders.Ordering;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Orders.Payment;

/// <summary>Wakes the payments that wait for news of an account. The list of orders may lag behind: an order that is
/// missed here looks again by itself.</summary>
internal static class DeferredPayments
{
    public static async Task ResumeAsync(
        UnitOfWork work, Guid accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = await work.Session.Query<OrderSummary>()
            .Where(o => o.AccountId == accountId && o.Status == OrderStatus.Placed)
            .Select(o => o.Id)
            .ToListAsync(cancellationToken);
        foreach (var orderId in waiting)
            await work.ResumeAsync<Order>(orderId, order => Decide(order, now), cancellationToken);
    }

    public static Decision Decide(Order? order, DateTimeOffset now) =>
        order is { Status: OrderStatus.Placed, RetryAt: { } retryAt } && retryAt > now
            ? Decision.Of(new PaymentResumed(now))
            : Decision.Nothing;
}
