using EPerfect.Orders.Customers;
using EPerfect.Orders.Ordering;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Orders.Erasure;

/// <summary>Takes no more orders of the person. What was paid is kept for the tax office, as long as law wants it.</summary>
internal sealed class OrderErasure(IDocumentSession session) : IErasure
{
    public const string TaxLaw = "tax-law";

    /// <summary>Ten years from the last payment, which is when the last invoice was due.</summary>
    public static readonly Retention BookKeeping = new(
        TaxLaw, RetentionTrigger.LastPayment, "P10Y", "the duty to keep books");

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
        return Keeps([.. paid.Select(one => one.PaidAt)]);
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
}
