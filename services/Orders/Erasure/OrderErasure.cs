using EPerfect.Orders.Customers;
using EPerfect.Orders.Ordering;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Orders.Erasure;

/// <summary>Takes no more orders of the person. What was paid is kept for the tax office, as long as law wants it; so is, until
/// that is known, what may have been.</summary>
internal sealed class OrderErasure(IDocumentSession session) : IErasure
{
    public const string TaxLaw = "tax-law";

    /// <summary>Ten years from the last payment, which is when the last invoice was due.</summary>
    public static readonly Retention BookKeeping = new(
        TaxLaw, RetentionTrigger.LastPayment, "P10Y", "the duty to keep books");

    /// <summary>The outcome of a charge is looked for anew after that.</summary>
    private static readonly TimeSpan UntilAnswered = TimeSpan.FromDays(1);

    public Task CloseAsync(UnitOfWork work, Guid accountId, DateTimeOffset now, CancellationToken cancellationToken) =>
        work.ChangeAsync<Customer>(
            accountId,
            customer => customer is { IsClosed: true } ? Decision.Nothing : Decision.Of(new CustomerClosed(accountId, now)),
            cancellationToken);

    public async Task<IReadOnlyList<(DataGroup Group, string Ground, DateTimeOffset Until)>> KeepsAsync(
        Guid accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var paid = await session.Events.QueryRawEventDataOnly<OrderPaid>()
            .Where(one => one.AccountId == accountId)
            .ToListAsync(cancellationToken);
        if (paid.Count > 0) return Keeps([.. paid.Select(one => one.PaidAt)]);
        return await IsBeingChargedAsync(accountId, cancellationToken)
            ? [(DataGroup.Billing, TaxLaw, now + UntilAnswered)]
            : [];
    }

    internal static IReadOnlyList<(DataGroup Group, string Ground, DateTimeOffset Until)> Keeps(
        IReadOnlyCollection<DateTimeOffset> paidAt) =>
        paidAt.Count == 0 ? [] : [(DataGroup.Billing, TaxLaw, BookKeeping.EndFrom(paidAt.Max()))];

    /// <summary>Nothing here lies outside of a key.</summary>
    public Task<IReadOnlyList<RemovedRows>> ForgetAsync(
        Guid accountId,
        IReadOnlyList<Guid> subjects,
        IReadOnlySet<DataGroup> held,
        CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RemovedRows>>([]);

    private async Task<bool> IsBeingChargedAsync(Guid accountId, CancellationToken cancellationToken)
    {
        foreach (var id in await session.StreamsAsync("order_placed", "accountId", accountId, cancellationToken))
        {
            var order = await session.Events.FetchLatest<Order>(id, cancellationToken);
            if (order is { Status: OrderStatus.Capturing }) return true;
        }

        return false;
    }
}
