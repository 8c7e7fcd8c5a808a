using System.Globalization;
using EPerfect.ServiceDefaults;
using JasperFx.Events;
using Marten;

namespace EPerfect.Orders.Ordering;

/// <summary>One event of an order: what, when, by whom.</summary>
/// <param name="Version">Its place in the order's stream, from 1.</param>
/// <param name="Event">The event's stored name.</param>
/// <param name="At">When it was stored.</param>
/// <param name="Actor">A client of the API, or the part of the service that acted.</param>
internal sealed record HistoryEntry(long Version, string Event, DateTimeOffset At, string? Actor);

internal static class OrderHistory
{
    private const int Usual = 50;
    private const int Most = 100;

    private static readonly Refusal CursorInvalid =
        new(400, "cursor-invalid", "A cursor is the `next` of an earlier page, unchanged.");

    private static readonly Refusal LimitInvalid = new(400, "limit-invalid", $"A page holds 1 to {Most} items.");

    public static void Map(RouteGroupBuilder orders) => orders.MapGet("/{id:guid}/history", HandleAsync)
        .WithName("OrderHistory")
        .Allow(Access.Of(MemberRole.Any, StaffRole.Support | StaffRole.Billing))
        .WithSummary("Everything that happened to an order, oldest first.")
        .Produces<Page<HistoryEntry>>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(
        Guid id, int? limit, string? cursor, IQuerySession session, Reader reader, CancellationToken cancellationToken)
    {
        var size = limit ?? Usual;
        if (size is < 1 or > Most) return Problems.From(LimitInvalid);
        if (!int.TryParse(cursor ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var after))
            return Problems.From(CursorInvalid);

        return await reader.OneAsync<Order>(id, PageAsync, cancellationToken);

        async Task<IResult> PageAsync(Order order, CancellationToken token)
        {
            // One more than is shown tells whether there are more.
            var events = await session.Events.FetchStreamAsync(
                id, version: (long)after + size + 1, fromVersion: (long)after + 1, token: token);
            var next = events.Count > size ? (after + size).ToString(CultureInfo.InvariantCulture) : null;
            return Results.Ok(new Page<HistoryEntry>([.. events.Take(size).Select(Entry)], next));
        }
    }

    private static HistoryEntry Entry(IEvent e) => new(e.Version, e.EventTypeName, e.Timestamp, e.UserName);
}
