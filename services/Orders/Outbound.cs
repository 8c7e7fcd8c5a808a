using EPerfect.Orders.Ordering;
using JasperFx.Events;
using C = EPerfect.Contracts.Orders;

namespace EPerfect.Orders;

/// <summary>What others may know of what happened here.</summary>
internal static class Outbound
{
    public static object? Map(IEvent e) => e.Data switch
    {
        OrderPlaced x => new C.OrderPlaced(
            e.StreamId, x.AccountId, x.CatalogueVersion, x.Currency, x.Total,
            [.. x.Lines.Select(l => new C.OrderedItem(l.ItemId, l.Product, l.Kind, l.Total))], x.PlacedAt, e.Version),
        OrderPaid x => new C.OrderPaid(e.StreamId, x.AccountId, x.Currency, x.Amount, x.PaidAt, e.Version),
        DomainRegistrationRequested x => new C.DomainRegistrationRequested(
            e.StreamId, x.ItemId, x.AccountId, x.Domain.Name, x.Domain.Years, x.Domain.RegistrantContactId,
            x.Domain.Nameservers, x.RequestedAt, e.Version),
        ItemRefunded x => new C.OrderItemRefunded(
            e.StreamId, x.ItemId, x.AccountId, x.Currency, x.Amount, x.Reason, x.RefundedAt, e.Version),
        OrderActivated x => new C.OrderActivated(e.StreamId, x.AccountId, x.DeliveredItems, x.ActivatedAt, e.Version),
        OrderCancelled x => new C.OrderCancelled(e.StreamId, x.AccountId, x.Reason, x.CancelledAt, e.Version),
        _ => null,
    };
}
