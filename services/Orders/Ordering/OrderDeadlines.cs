using EPerfect.Orders.Customers;
using EPerfect.Orders.Payment;
using EPerfect.Orders.Provisioning;
using EPerfect.ServiceDefaults;
using JasperFx.Events;

namespace EPerfect.Orders.Ordering;

/// <summary>What is due after each event. Calls to outside systems are deadlines that are due at once.</summary>
internal static class OrderDeadlines
{
    public static IEnumerable<DeadlineChange> Of(IEvent e) => Of(e.Data);

    public static IEnumerable<DeadlineChange> Of(object e) => e switch
    {
        CustomerOpened x => [Set(WakeOrders.Kind, x.OpenedAt)],
        CustomerClosed x => [Set(WakeOrders.Kind, x.ClosedAt)],
        OrdersWoken => [Clear(WakeOrders.Kind)],

        OrderPlaced x => [Set(AuthorisePayment.Kind, x.PlacedAt)],
        PaymentDeferred x => [Set(AuthorisePayment.Kind, x.RetryAt)],
        PaymentResumed x => [Set(AuthorisePayment.Kind, x.ResumedAt)],
        PaymentAttemptFailed x => [Set(Of(x.Step), x.RetryAt)],
        PaymentAuthorised x => [Clear(AuthorisePayment.Kind), Set(CapturePayment.Kind, x.AuthorisedAt)],
        PaymentDeclined { Step: PaymentStep.Capture } x => [Set(VoidAuthorisation.Kind, x.DeclinedAt)],
        OrderPaid => [Clear(CapturePayment.Kind)],

        HostingProvisioningRequested x => [Set(ProvisionHosting.Kind, x.RequestedAt, x.ItemId)],
        ProvisioningAttemptFailed x => [Set(ProvisionHosting.Kind, x.RetryAt, x.ItemId)],
        ItemDelivered x => [Clear(ProvisionHosting.Kind, x.ItemId)],
        ItemFailed x => [Clear(ProvisionHosting.Kind, x.ItemId), Set(RefundItem.Kind, x.FailedAt, x.ItemId)],
        RefundAttemptFailed x => [Set(RefundItem.Kind, x.RetryAt, x.ItemId)],
        ItemRefunded x => [Clear(RefundItem.Kind, x.ItemId)],

        OrderCancelled x when CancelReasons.LeaveAnAuthorisation(x.Reason) =>
            [Clear(AuthorisePayment.Kind), Clear(CapturePayment.Kind), Set(VoidAuthorisation.Kind, x.CancelledAt)],
        OrderCancelled => [Clear(AuthorisePayment.Kind), Clear(CapturePayment.Kind)],
        AuthorisationVoided => [Clear(VoidAuthorisation.Kind)],
        _ => [],
    };

    private static string Of(PaymentStep step) => step switch
    {
        PaymentStep.Authorise => AuthorisePayment.Kind,
        PaymentStep.Capture => CapturePayment.Kind,
        _ => VoidAuthorisation.Kind,
    };

    private static DeadlineChange.Set Set(string kind, DateTimeOffset due, Guid? item = null) =>
        new(kind, due, item?.ToString() ?? "");

    private static DeadlineChange.Clear Clear(string kind, Guid? item = null) => new(kind, item?.ToString() ?? "");
}
