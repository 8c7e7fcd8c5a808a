using EPerfect.Contracts.Domains;
using EPerfect.Orders.Ordering;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Registration.Reactions;

/// <summary>The name is registered: the item is delivered.</summary>
internal sealed class DomainRegisteredReaction(TimeProvider clock) : IReaction<DomainRegistered, Order>
{
    public const string LateAnswer = "registered";

    public Guid StreamOf(DomainRegistered message) => message.OrderId;

    public Task ReactAsync(UnitOfWork work, DomainRegistered message, CancellationToken cancellationToken) =>
        work.ChangeAsync<Order>(
            message.OrderId,
            order => Decide(UnknownOrder.IfNull(order), message, clock.GetUtcNow()),
            cancellationToken);

    public static Decision Decide(Order order, DomainRegistered message, DateTimeOffset now)
    {
        if (order.Item(message.ItemId) is not { Line.Domain: not null } item) return Decision.Nothing;
        switch (item.State)
        {
            case ItemState.Requested:
                var delivered = new ItemDelivered(item.Id, message.DomainName, now);
                return Decision.Of([delivered, .. Settling.Of(order.Apply(delivered), now)]);
            case ItemState.Delivered:
                return Decision.Nothing;
            default:
                return item.LateAnswer is null
                    ? Decision.Of(new LateAnswerRecorded(item.Id, LateAnswer, now))
                    : Decision.Nothing;
        }
    }
}
