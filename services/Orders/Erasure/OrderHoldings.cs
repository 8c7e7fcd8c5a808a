using System.Runtime.CompilerServices;
using EPerfect.Orders.Ordering;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Orders.Erasure;

/// <summary>The customer, and every order.</summary>
internal sealed class OrderHoldings(IDocumentSession session) : IHoldings
{
    public Task<IReadOnlyList<Guid>> SubjectsAsync(Guid accountId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Guid>>([accountId]);

    public async IAsyncEnumerable<Holding> OfAsync(
        Guid accountId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Not from the list of orders, which may lag behind.
        var orders = await session.Events.QueryRawEventDataOnly<OrderPlaced>()
            .Where(placed => placed.AccountId == accountId)
            .ToListAsync(cancellationToken);
        foreach (var stream in orders.OrderBy(placed => placed.PlacedAt).Select(placed => placed.OrderId).Prepend(accountId))
        {
            foreach (var e in await session.Events.FetchStreamAsync(stream, token: cancellationToken))
                yield return new Holding(e.EventTypeName, stream.ToString("D"), e.Timestamp, e.Data);
        }
    }
}
