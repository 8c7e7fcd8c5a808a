using System.Reflection;
using EPerfect.Orders.Ordering;
using EPerfect.Orders.Payment;

namespace EPerfect.Orders.Tests;

/// <summary>Folds events as the store does: by the aggregate's Create and Apply of the event's type.</summary>
internal static class Given
{
    public static Order Order(params object[] events) => events.Aggregate((Order?)null, Apply)!;

    public static Order? Apply(Order? order, object e)
    {
        if (order is null) return Ordering.Order.Create((OrderPlaced)e);
        var apply = typeof(Order).GetMethod("Apply", [e.GetType()]);
        return apply is null
            ? throw new InvalidOperationException($"Nothing applies {e.GetType().Name}.")
            : (Order)apply.Invoke(order, BindingFlags.DoNotWrapExceptions, null, [e], null)!;
    }

    public static Order PlacedOrder => Order(Some.Placed(Some.HostingLine, Some.DomainLine));

    public static Order AuthorisedOrder => Order(AuthorisedEvents);

    public static Order CapturingOrder => Order([.. AuthorisedEvents, new PaymentCaptureStarted(Some.Now)]);

    public static Order PaidOrder => Paid(Some.HostingLine, Some.DomainLine);

    public static Order Paid(params OrderLine[] lines)
    {
        var capturing = Order(
            Some.Placed(lines),
            new PaymentAuthorised("held", lines.Sum(l => l.Total), Some.Now),
            new PaymentCaptureStarted(Some.Now));
        return capturing.Then(CapturePayment.After(capturing, new PaymentAnswer.Approved("taken"), Some.Now).Events);
    }

    public static Order Then(this Order order, params IEnumerable<object> events) =>
        events.Aggregate((Order?)order, Apply)!;

    private static object[] AuthorisedEvents =>
    [
        Some.Placed(Some.HostingLine, Some.DomainLine),
        new PaymentAuthorised("held", Some.HostingLine.Total + Some.DomainLine.Total, Some.Now),
    ];
}
