using EPerfect.Orders.Payment;
using EPerfect.PersonalData;

namespace EPerfect.Orders.Ordering;

// What can happen to an order, in the order in which it usually does. Money is in units of the order's currency.

internal sealed record OrderPlaced(
    Guid OrderId,
    Guid AccountId,
    int CatalogueVersion,
    string Currency,
    int MinorUnits,
    decimal Total,
    [InClear<ChosenServices>] IReadOnlyList<OrderLine> Lines,
    Sealed<PaymentMethod> PaymentMethod,
    DateTimeOffset PlacedAt);

/// <summary>Payment waits for a fact about the account, which is on its way or may come.</summary>
internal sealed record PaymentDeferred(string Reason, DateTimeOffset RetryAt, DateTimeOffset DeferredAt);

/// <summary>There is news of the account: payment need not wait any longer.</summary>
internal sealed record PaymentResumed(DateTimeOffset ResumedAt);

/// <summary>The gateway did not answer; whether it acted is unknown. The same idempotency key is used again.</summary>
internal sealed record PaymentAttemptFailed(
    PaymentStep Step, int Attempt, string Reason, DateTimeOffset RetryAt, DateTimeOffset FailedAt);

internal sealed record PaymentAuthorised(string AuthorisationId, decimal Amount, DateTimeOffset AuthorisedAt);

internal sealed record PaymentDeclined(PaymentStep Step, string Reason, DateTimeOffset DeclinedAt);

/// <summary>The intent, stored before the gateway is called: from here on the order cannot be cancelled.</summary>
internal sealed record PaymentCaptureStarted(DateTimeOffset StartedAt);

internal sealed record OrderPaid(
    Guid AccountId, string CaptureId, decimal Amount, string Currency, DateTimeOffset PaidAt);

internal sealed record DomainRegistrationRequested(
    Guid ItemId, Guid AccountId, DomainAsked Domain, DateTimeOffset RequestedAt);

internal sealed record HostingProvisioningRequested(Guid ItemId, DateTimeOffset RequestedAt);

internal sealed record ProvisioningAttemptFailed(
    Guid ItemId, int Attempt, string Reason, DateTimeOffset RetryAt, DateTimeOffset FailedAt);

internal sealed record ItemDelivered(Guid ItemId, string Reference, DateTimeOffset DeliveredAt);

/// <summary>The item cannot be delivered, for good; it is paid back next.</summary>
internal sealed record ItemFailed(Guid ItemId, string Reason, DateTimeOffset FailedAt);

internal sealed record RefundAttemptFailed(
    Guid ItemId, int Attempt, string Reason, DateTimeOffset RetryAt, DateTimeOffset FailedAt);

internal sealed record ItemRefunded(
    Guid ItemId,
    Guid AccountId,
    decimal Amount,
    string Currency,
    string Reason,
    string RefundId,
    DateTimeOffset RefundedAt);

/// <summary>An answer that contradicts what is settled; kept for people to look at, it moves no money.</summary>
internal sealed record LateAnswerRecorded(Guid ItemId, string Answer, DateTimeOffset RecordedAt);

internal sealed record OrderActivated(Guid AccountId, IReadOnlyList<Guid> DeliveredItems, DateTimeOffset ActivatedAt);

internal sealed record OrderCancelled(Guid AccountId, string Reason, DateTimeOffset CancelledAt);

internal sealed record AuthorisationVoided(DateTimeOffset VoidedAt);
