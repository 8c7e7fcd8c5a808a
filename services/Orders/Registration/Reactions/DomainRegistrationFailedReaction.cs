using EPerfect.Contracts.Domains;
using EPerfect.Orders.Ordering;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Registration.Reactions;

/// <summary>The name cannot be registered: the item failed, and its refund is due at once (see <see
/// cref="OrderDeadlines"/>).</summary>
internal sealed class DomainRegistrationFailedReaction(TimeProvider clock) : IReaction<DomainRegistrationFailed, Order>
{
    public const string LateAnswer = "failed";

    public Guid StreamOf(DomainRegistrationFailed message) => message.OrderId;

    public Task ReactAsync(UnitOfWork work, DomainRegistrationFailed message, CancellationToken cancellationToken) =>
        work.ChangeAsync<Order>(
            message.OrderId,
            order => Decide(UnknownOrder.IfNull(order), message, clock.GetUtcNow()),
            cancellationToken);

    public static Decision Decide(Order order, DomainRegistrationFailed message, DateTimeOffset now)
    {
        if (order.Item(message.ItemId) is not { Line.Domain: not null } item) return Decision.Nothing;
        return item.State switch
        {
            ItemState.Requested => Decision.Of(new ItemFailed(item.Id, message.Reason, now)),
            ItemState.Failed or ItemState.Refunded => Decision.Nothing,
            _ when item.LateAnswer is null => Decision.Of(new LateAnswerRecorded(item.Id, LateAnswer, now)),
            _ => Decision.Nothing,
        };
    }
}
