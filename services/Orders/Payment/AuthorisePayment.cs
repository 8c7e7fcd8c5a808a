using EPerfect.Orders.Customers;
using EPerfect.Orders.Ordering;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Payment;

/// <summary>Holds the order's total at the gateway, as soon as the account is known. The order's id is the
/// idempotency key.</summary>
internal sealed class AuthorisePayment(
    Reader reader, Writer writer, Deadlines deadlines, Vault vault, IPaymentGateway gateway, TimeProvider clock)
    : IDeadlineHandler
{
    public const string Kind = "authorise-payment";

    /// <summary>How long an order looks for its account, or asks a gateway that does not answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    /// <summary>News of the account wakes a deferred payment (<see cref="WakeOrders"/>).</summary>
    private static readonly TimeSpan LongestDeferral = TimeSpan.FromHours(1);

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var order = await reader.LatestAsync<Order>(deadline.StreamId, cancellationToken);
        if (order is not { Status: OrderStatus.Placed })
        {
            await deadlines.EndAsync(deadline, cancellationToken);
            return;
        }

        var customer = await reader.LatestAsync<Customer>(order.AccountId, cancellationToken);
        // Whoever orders wants it to be paid, also while processing is restricted.
        var method = await vault.OpenAsync(order.PaymentMethod, RestrictionException.ConsentOfThePerson, cancellationToken);

        if (Before(order, customer, method, clock.GetUtcNow()).Events.Count > 0)
        {
            await AppendAsync(o => Before(o, customer, method, clock.GetUtcNow()));
            return;
        }

        var token = ((Opened<PaymentMethod>.Clear)method).Value.Token;
        var answer = await Asking.AskAsync(
            ct => gateway.AuthoriseAsync(order.Id, token, order.Total, order.Currency, ct),
            silence: reason => new PaymentAnswer.None(reason),
            cancellationToken);
        await AppendAsync(o => After(o, answer, clock.GetUtcNow()));

        Task AppendAsync(Func<Order?, Decision> decide) =>
            writer.ChangeAsync(order.Id, $"orders/{Kind}", decide, cancellationToken);
    }

    /// <summary>What stands against asking the gateway now; nothing if it can be asked.</summary>
    public static Decision Before(Order? order, Customer? customer, Opened<PaymentMethod> method, DateTimeOffset now)
    {
        if (order is not { Status: OrderStatus.Placed }) return Decision.Nothing;
        if (customer is { IsClosed: true } || method is Opened<PaymentMethod>.Erased)
            return Decision.Of(new OrderCancelled(order.AccountId, CancelReasons.AccountClosed, now));
        return customer is null ? Defer(order, CancelReasons.AccountUnknown, now) : Decision.Nothing;
    }

    public static Decision After(Order? order, PaymentAnswer answer, DateTimeOffset now)
    {
        // Cancelled meanwhile: what was authorised is let go by VoidAuthorisation.
        if (order is not { Status: OrderStatus.Placed }) return Decision.Nothing;
        return answer switch
        {
            PaymentAnswer.Approved approved => Decision.Of(new PaymentAuthorised(approved.Reference, order.Total, now)),
            PaymentAnswer.Declined declined => Decision.Of(
                new PaymentDeclined(PaymentStep.Authorise, declined.Reason, now),
                new OrderCancelled(order.AccountId, CancelReasons.PaymentDeclined, now)),
            PaymentAnswer.None none when now < order.Since(order.SilentSince, now) + Patience => Decision.Of(
                PaymentAttempts.Failed(order, PaymentStep.Authorise, none.Reason, now)),
            _ => Decision.Of(new OrderCancelled(order.AccountId, CancelReasons.PaymentUnavailable, now)),
        };
    }

    private static Decision Defer(Order order, string reason, DateTimeOffset now) =>
        now < order.Since(order.DeferredSince, now) + Patience
            ? Decision.Of(new PaymentDeferred(reason, Backoff.RetryAt(order.Attempts + 1, now, LongestDeferral), now))
            : Decision.Of(new OrderCancelled(order.AccountId, reason, now));
}
