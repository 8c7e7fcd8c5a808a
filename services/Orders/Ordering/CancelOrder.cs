using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Ordering;

internal static class CancelOrder
{
    /// <summary>Allowed until the capture has started: then money may have been taken already.</summary>
    public static Decision Decide(Order order, DateTimeOffset now) => order switch
    {
        { Status: OrderStatus.Cancelled, CancelReason: CancelReasons.Customer } => Decision.Nothing,
        { IsCancellable: true } => Decision.Of(new OrderCancelled(order.AccountId, CancelReasons.Customer, now)),
        _ => OrderRules.NotCancellable,
    };

    public static void Map(RouteGroupBuilder orders) => orders.MapPost("/{id:guid}/cancellation", HandleAsync)
        .WithName("CancelOrder")
        .Allow(Access.Of(MemberRole.Owner | MemberRole.Billing | MemberRole.Client, StaffRole.Support | StaffRole.Billing))
        .WithSummary("Cancels an order before its payment is taken. Money that was held is let go.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed);

    private static Task<IResult> HandleAsync(
        Guid id, Commands commands, TimeProvider clock, CancellationToken cancellationToken) =>
        commands.ChangeAsync<Order>(id, order => Decide(order, clock.GetUtcNow()), cancellationToken);
}
