using System.Runtime.CompilerServices;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Orders.Erasure;

/// <summary>The customer, and every order.</summary>
internal sealed class OrderHoldings(IDocumentSession session) : IHoldings
{
    public Task<IReadOnlyList<Guid>> SubjectsAsync(Guid accountId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Guid>>([accountId]);

    public async IAsyncEnumerable<Holding> OfAsync(
        Guid accountId,
        IReadOnlyCollection<Guid> subjects,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Not from the list of orders, which may lag behind.
        var orders = await session.StreamsAsync("order_placed", "accountId", accountId, cancellationToken);
        foreach (var stream in orders.Prepend(accountId))
        {
            await foreach (var held in session.Events.HoldingsAsync(stream, cancellationToken)) yield return held;
        }
    }
}
