using EPerfect.Orders.Ordering;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Provisioning;

/// <summary>Sets one hosting item up. The item's id is the provisioner's idempotency token; silence is asked again
/// without end, because what may have been set up must not be paid back.</summary>
internal sealed class ProvisionHosting(
    Reader reader, Writer writer, Deadlines deadlines, IHostingProvisioner provisioner, TimeProvider clock) : IDeadlineHandler
{
    public const string Kind = "provision-hosting";

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var itemId = Guid.Parse(deadline.Argument);
        var order = await reader.LatestAsync<Order>(deadline.StreamId, cancellationToken);
        if (order?.Item(itemId) is not { State: ItemState.Requested, Line: { Hosting: { } hosting } line })
        {
            await deadlines.EndAsync(deadline, cancellationToken);
            return;
        }

        var answer = await Asking.AskAsync(
            ct => provisioner.ProvisionAsync(itemId, line.Product, line.Quantity, hosting.HostedDomains, ct),
            silence: reason => new ProvisionAnswer.None(reason),
            cancellationToken);
        await writer.ChangeAsync<Order>(
            order.Id, $"orders/{Kind}", o => After(o, itemId, answer, clock.GetUtcNow()), cancellationToken);
    }

    public static Decision After(Order? order, Guid itemId, ProvisionAnswer answer, DateTimeOffset now)
    {
        if (order?.Item(itemId) is not { State: ItemState.Requested } item) return Decision.Nothing;
        return answer switch
        {
            ProvisionAnswer.Provisioned provisioned => Delivered(order, item, provisioned.Reference, now),
            ProvisionAnswer.Refused refused => Decision.Of(new ItemFailed(item.Id, refused.Reason, now)),
            ProvisionAnswer.None none => Decision.Of(new ProvisioningAttemptFailed(
                item.Id, item.Attempts + 1, none.Reason, Backoff.RetryAt(item.Attempts + 1, now), now)),
            _ => Decision.Nothing,
        };
    }

    private static Decision Delivered(Order order, OrderItem item, string reference, DateTimeOffset now)
    {
        var delivered = new ItemDelivered(item.Id, reference, now);
        return Decision.Of([delivered, .. Settling.Of(order.Apply(delivered), now)]);
    }
}
