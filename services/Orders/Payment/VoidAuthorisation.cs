using EPerfect.Orders.Ordering;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Payment;

/// <summary>Lets go of the money that may be held for a cancelled order.</summary>
internal sealed class VoidAuthorisation(
    Reader reader, Writer writer, Deadlines deadlines, IPaymentGateway gateway, TimeProvider clock) : IDeadlineHandler
{
    public const string Kind = "void-authorisation";

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var order = await reader.LatestAsync<Order>(deadline.StreamId, cancellationToken);
        if (order is not { Status: OrderStatus.Cancelled, Voided: false })
        {
            await deadlines.EndAsync(deadline, cancellationToken);
            return;
        }

        var answer = await Asking.AskAsync(
            ct => gateway.VoidAsync(order.Id, ct),
            silence: reason => new PaymentAnswer.None(reason),
            cancellationToken);
        await writer.ChangeAsync<Order>(
            order.Id, $"orders/{Kind}", o => After(o, answer, clock.GetUtcNow()), cancellationToken);
    }

    public static Decision After(Order? order, PaymentAnswer answer, DateTimeOffset now)
    {
        if (order is not { Status: OrderStatus.Cancelled, Voided: false }) return Decision.Nothing;
        return answer switch
        {
            PaymentAnswer.Approved => Decision.Of(new AuthorisationVoided(now)),
            PaymentAnswer.Declined d => Decision.Of(PaymentAttempts.Failed(order, PaymentStep.Void, d.Reason, now)),
            PaymentAnswer.None none => Decision.Of(PaymentAttempts.Failed(order, PaymentStep.Void, none.Reason, now)),
            _ => Decision.Nothing,
        };
    }
}
