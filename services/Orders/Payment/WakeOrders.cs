using EPerfect.Orders.Customers;
using EPerfect.Orders.Ordering;
using EPerfect.ServiceDefaults;
using Marten;
using Marten.Linq.MatchesSql;

namespace EPerfect.Orders.Payment;

/// <summary>
/// Wakes the payments that wait for news of an account, page by page: each order is a write of its own, beside whatever else
/// happens to it, so that no write grows with their number. The list of orders may lag behind: an order that is missed here
/// looks again by itself.
/// </summary>
internal sealed class WakeOrders(IQuerySession session, Reader reader, Writer writer, Deadlines deadlines, TimeProvider clock)
    : IDeadlineHandler
{
    public const string Kind = "wake-orders";
    public const int PageSize = 32;
    private const string Actor = $"orders/{Kind}";

    /// <summary>Then it lets others run, and goes on when it is due again: who is awake leaves the list.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(8);

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var (account, begun) = (deadline.StreamId, clock.GetTimestamp());
        var customer = await reader.LatestAsync<Customer>(account, cancellationToken);
        if (customer is not { HasWokenOrders: false })
        {
            await deadlines.EndAsync(deadline, cancellationToken);
            return;
        }

        var failures = new List<Exception>();
        for (var after = Guid.Empty; await PageAsync(account, after, cancellationToken) is [.., var last] page; after = last)
        {
            if (clock.GetElapsedTime(begun) > MostTime) return;
            var woken = await Task.WhenAll(page.Select(order => WakeAsync(order, cancellationToken)));
            failures.AddRange(woken.OfType<Exception>());
        }

        // Those behind it are awake by now; it is due again, and operators see that it fails.
        if (failures.Count > 0) throw new AggregateException(failures);
        await writer.ChangeAsync<Customer>(
            account, Actor, latest => End(latest, customer, clock.GetUtcNow()), cancellationToken);
    }

    /// <summary>What waits for the gateway goes on waiting: the account is looked at when it is tried.</summary>
    public static Decision Wake(Order? order, DateTimeOffset now) =>
        order is { Status: OrderStatus.Placed, PaymentProblem: CancelReasons.AccountUnknown, RetryAt: { } retryAt }
            && retryAt > now
            ? Decision.Of(new PaymentResumed(now))
            : Decision.Nothing;

    /// <summary>News that came meanwhile has to be told too.</summary>
    public static Decision End(Customer? latest, Customer told, DateTimeOffset now) =>
        latest == told ? Decision.Of(new OrdersWoken(now)) : Decision.Nothing;

    private Task<IReadOnlyList<Guid>> PageAsync(Guid account, Guid after, CancellationToken cancellationToken) =>
        session.Query<OrderSummary>()
            .Where(o => o.AccountId == account && o.Status == OrderStatus.Placed && o.MatchesSql("d.id > ?", after))
            .OrderBy(o => o.Id)
            .Take(PageSize)
            .Select(o => o.Id)
            .ToListAsync(cancellationToken);

    /// <returns>Why it could not be woken; null if it is awake.</returns>
    private async Task<Exception?> WakeAsync(Guid order, CancellationToken cancellationToken)
    {
        try
        {
            await writer.WriteAsync(
                order,
                Actor,
                (work, token) => work.ResumeAsync<Order>(order, latest => Wake(latest, clock.GetUtcNow()), token),
                cancellationToken);
            return null;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return failure;
        }
    }
}
