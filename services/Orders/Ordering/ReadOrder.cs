using EPerfect.Orders.Catalog;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Ordering;

/// <summary>An order on the wire. How it is paid is not part of it.</summary>
internal sealed record OrderView(
    Guid Id,
    Guid AccountId,
    OrderStatus Status,
    string? CancelReason,
    int CatalogueVersion,
    DateTimeOffset PlacedAt,
    Money Total,
    PaymentView Payment,
    IReadOnlyList<OrderItemView> Items);

internal sealed record PaymentView(Money Captured, Money Refunded, string? Problem, DateTimeOffset? RetryAt);

internal sealed record OrderItemView(
    Guid ItemId,
    string Product,
    string Kind,
    ItemState State,
    int CatalogueVersion,
    int Quantity,
    int? PeriodMonths,
    int? Years,
    string? DomainName,
    IReadOnlyList<string>? HostedDomains,
    Money UnitPrice,
    Money SetupFee,
    Money Total,
    string? Reference,
    string? Problem,
    DateTimeOffset? RetryAt,
    string? LateAnswer);

internal static class ReadOrder
{
    public static OrderView View(Order order)
    {
        var currency = new Currency(order.Currency, order.MinorUnits);
        var (captured, refunded) = (Money.Of(order.Captured, currency), Money.Of(order.Refunded, currency));
        return new(
            order.Id,
            order.AccountId,
            order.Status,
            order.CancelReason,
            order.CatalogueVersion,
            order.PlacedAt,
            Money.Of(order.Total, currency),
            new(captured, refunded, order.PaymentProblem, order.RetryAt),
            [.. order.Items.Select(item => Item(item, currency))]);
    }

    public static void Map(RouteGroupBuilder orders) => orders.MapGet("/{id:guid}", HandleAsync)
        .WithName("ReadOrder")
        .Allow(Access.Of(MemberRole.Any, StaffRole.Support | StaffRole.Billing))
        .WithSummary("An order: how far it is, what it costs, what became of each item.")
        .Produces<OrderView>()
        .Produces(StatusCodes.Status304NotModified)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static OrderItemView Item(OrderItem item, Currency currency)
    {
        var line = item.Line;
        return new(
            item.Id,
            line.Product,
            line.Kind,
            item.State,
            line.CatalogueVersion,
            line.Quantity,
            line.Hosting?.PeriodMonths,
            line.Domain?.Years,
            line.Domain?.Name,
            line.Hosting?.HostedDomains,
            Money.Of(line.UnitPrice, currency),
            Money.Of(line.SetupFee, currency),
            Money.Of(line.Total, currency),
            item.Reference,
            item.LastProblem ?? item.FailureReason,
            item.RetryAt,
            item.LateAnswer);
    }

    private static Task<IResult> HandleAsync(Guid id, Reader reader, CancellationToken cancellationToken) =>
        reader.OneAsync<Order>(id, View, cancellationToken);
}
