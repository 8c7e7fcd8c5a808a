using EPerfect.Orders.Ordering;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Payment;

/// <summary>Pays back an item that cannot be delivered. The item's id is the idempotency key.</summary>
internal sealed class RefundItem(
    Reader reader, Writer writer, Deadlines deadlines, IPaymentGateway gateway, TimeProvider clock) : IDeadlineHandler
{
    public const string Kind = "refund-item";

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var itemId = Guid.Parse(deadline.Argument);
        var order = await reader.LatestAsync<Order>(deadline.StreamId, cancellationToken);
        if (order is not { CaptureId: { } captured } || order.Item(itemId) is not { State: ItemState.Failed } item)
        {
            await deadlines.EndAsync(deadline, cancellationToken);
            return;
        }

        var answer = await Asking.AskAsync(
            ct => gateway.RefundAsync(itemId, captured, item.Line.Total, ct),
            silence: reason => new PaymentAnswer.None(reason),
            cancellationToken);
        await writer.ChangeAsync<Order>(
            order.Id, $"orders/{Kind}", o => After(o, itemId, answer, clock.GetUtcNow()), cancellationToken);
    }

    public static Decision After(Order? order, Guid itemId, PaymentAnswer answer, DateTimeOffset now)
    {
        if (order?.Item(itemId) is not { State: ItemState.Failed } item) return Decision.Nothing;
        return answer switch
        {
            PaymentAnswer.Approved approved => Refunded(order, item, approved.Reference, now),
            PaymentAnswer.Declined declined => TryAgain(item, declined.Reason, now),
            PaymentAnswer.None none => TryAgain(item, none.Reason, now),
            _ => Decision.Nothing,
        };
    }

    private static Decision Refunded(Order order, OrderItem item, string refundId, DateTimeOffset now)
    {
        var reason = item.FailureReason ?? "undeliverable";
        var refunded = new ItemRefunded(
            item.Id, order.AccountId, item.Line.Total, order.Currency, reason, refundId, now);
        return Decision.Of([refunded, .. Settling.Of(order.Apply(refunded), now)]);
    }

    /// <summary>The customer's money: there is no last try.</summary>
    private static Decision TryAgain(OrderItem item, string reason, DateTimeOffset now)
    {
        var attempt = item.Attempts + 1;
        return Decision.Of(new RefundAttemptFailed(item.Id, attempt, reason, Backoff.RetryAt(attempt, now), now));
    }
}
