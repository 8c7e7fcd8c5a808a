using EPerfect.Orders.Customers;
using EPerfect.Orders.Ordering;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Payment;

/// <summary>Takes the money that is held. The intent is stored before the gateway is asked: whoever cancels after that
/// is refused, and whoever finds an intent without an outcome asks again with the same key until there is
/// one.</summary>
internal sealed class CapturePayment(
    Reader reader, Writer writer, Deadlines deadlines, IPaymentGateway gateway, TimeProvider clock) : IDeadlineHandler
{
    public const string Kind = "capture-payment";
    private const string Actor = $"orders/{Kind}";

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var order = await reader.LatestAsync<Order>(deadline.StreamId, cancellationToken);
        if (order is not { Status: OrderStatus.Authorised or OrderStatus.Capturing, AuthorisationId: { } held })
        {
            await deadlines.EndAsync(deadline, cancellationToken);
            return;
        }

        if (order.Status == OrderStatus.Authorised && !await StartedAsync(order, cancellationToken)) return;

        var answer = await Asking.AskAsync(
            ct => gateway.CaptureAsync(order.Id, held, order.Total, ct),
            silence: reason => new PaymentAnswer.None(reason),
            cancellationToken);
        await writer.ChangeAsync<Order>(order.Id, Actor, o => After(o, answer, clock.GetUtcNow()), cancellationToken);
    }

    public static Decision Before(Order? order, Customer? customer, DateTimeOffset now) => order switch
    {
        { Status: OrderStatus.Authorised } when customer is { IsClosed: true } =>
            Decision.Of(new OrderCancelled(order.AccountId, CancelReasons.AccountClosed, now)),
        { Status: OrderStatus.Authorised } => Decision.Of(new PaymentCaptureStarted(now)),
        _ => Decision.Nothing,
    };

    public static Decision After(Order? order, PaymentAnswer answer, DateTimeOffset now)
    {
        if (order is not { Status: OrderStatus.Capturing }) return Decision.Nothing;
        return answer switch
        {
            PaymentAnswer.Approved approved => Decision.Of([
                new OrderPaid(order.AccountId, approved.Reference, order.Total, order.Currency, now),
                .. order.Items.Select(item => Request(order, item.Line, now))]),
            PaymentAnswer.Declined declined => Decision.Of(
                new PaymentDeclined(PaymentStep.Capture, declined.Reason, now),
                new OrderCancelled(order.AccountId, CancelReasons.PaymentDeclined, now)),
            PaymentAnswer.None none => Decision.Of(
                PaymentAttempts.Failed(order, PaymentStep.Capture, none.Reason, now)),
            _ => Decision.Nothing,
        };
    }

    private static object Request(Order order, OrderLine line, DateTimeOffset now) => line.Domain is { } domain
        ? new DomainRegistrationRequested(line.ItemId, order.AccountId, domain, now)
        : new HostingProvisioningRequested(line.ItemId, now);

    private async Task<bool> StartedAsync(Order order, CancellationToken cancellationToken)
    {
        var customer = await reader.LatestAsync<Customer>(order.AccountId, cancellationToken);
        var decided = await writer.ChangeAsync<Order>(
            order.Id, Actor, o => Before(o, customer, clock.GetUtcNow()), cancellationToken);
        return decided.Events is [PaymentCaptureStarted];
    }
}
