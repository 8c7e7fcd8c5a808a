using EPerfect.Orders.Catalog;
using EPerfect.ServiceDefaults;
using Marten;
using Marten.Linq.MatchesSql;

namespace EPerfect.Orders.Ordering;

/// <summary>One order of a list.</summary>
internal sealed record OrderSummaryView(
    Guid Id, OrderStatus Status, Money Total, IReadOnlyList<string> Products, DateTimeOffset PlacedAt);

internal static class ListOrders
{
    public static void Map(RouteGroupBuilder orders) => orders.MapGet("/", HandleAsync)
        .WithName("ListOrders")
        .Allow(Access.Of(MemberRole.Any, StaffRole.Support | StaffRole.Billing))
        .WithSummary("An account's orders, newest first. The list follows the orders by a moment.")
        .Produces<Page<OrderSummaryView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> HandleAsync(
        Guid accountId, int? limit, string? cursor, IQuerySession session, CancellationToken cancellationToken)
    {
        if (PageRequest.TryRead(limit, cursor, out var page) is { } refusal) return Problems.From(refusal);
        var found = session.Query<OrderSummary>().Where(o => o.AccountId == accountId);

        // Ids grow with time (version 7), so one index serves the filter and the order.
        if (page.After is { } after) found = found.Where(o => o.MatchesSql("d.id < ?", after.Id));
        var orders = await found.OrderByDescending(o => o.Id).Take(page.Limit + 1).ToListAsync(cancellationToken);
        var listed = page.Of(orders, o => new(o.PlacedAt, o.Id));
        return Results.Ok(new Page<OrderSummaryView>([.. listed.Items.Select(View)], listed.Next));
    }

    private static OrderSummaryView View(OrderSummary o) =>
        new(o.Id, o.Status, Money.Of(o.Total, new Currency(o.Currency, o.MinorUnits)), o.Products, o.PlacedAt);
}
