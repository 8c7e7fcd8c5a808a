using EPerfect.Orders.Payment;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Orders.Ordering;

internal enum OrderStatus
{
    /// <summary>Waits for the payment to be authorised.</summary>
    Placed,

    /// <summary>The money is held, not taken.</summary>
    Authorised,

    /// <summary>The money is being taken; no way back.</summary>
    Capturing,

    /// <summary>Paid; items are being delivered.</summary>
    Paid,

    /// <summary>All is settled, and something was delivered.</summary>
    Active,

    /// <summary>Ended without anything delivered.</summary>
    Cancelled,
}

/// <summary>The order as its events made it. Never throws on an event: what is stored has happened.</summary>
internal sealed record Order : IOwned
{
    private static readonly TimeSpan MostLate = TimeSpan.FromMinutes(15);

    public Guid Id { get; init; }

    public Guid AccountId { get; init; }

    Guid? IOwned.AccountId => AccountId;

    public OrderStatus Status { get; init; }

    public int CatalogueVersion { get; init; }

    public string Currency { get; init; } = "";

    public int MinorUnits { get; init; }

    public decimal Total { get; init; }

    public IReadOnlyList<OrderItem> Items { get; init; } = [];

    public required Sealed<PaymentMethod> PaymentMethod { get; init; }

    public DateTimeOffset PlacedAt { get; init; }

    public string? AuthorisationId { get; init; }

    public string? CaptureId { get; init; }

    public decimal Captured { get; init; }

    public decimal Refunded { get; init; }

    /// <summary>How often the present payment step was tried or put off in vain.</summary>
    public int Attempts { get; init; }

    /// <summary>Why the last try was in vain, or the payment was refused.</summary>
    public string? PaymentProblem { get; init; }

    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Since when the account is looked for, without a break.</summary>
    public DateTimeOffset? DeferredSince { get; init; }

    /// <summary>Since when the gateway gives no answer, without a break.</summary>
    public DateTimeOffset? SilentSince { get; init; }

    public bool Voided { get; init; }

    public string? CancelReason { get; init; }

    /// <summary>Before the capture starts, and only then, an order can be cancelled.</summary>
    internal bool IsCancellable => Status is OrderStatus.Placed or OrderStatus.Authorised;

    internal OrderItem? Item(Guid itemId) => Items.FirstOrDefault(i => i.Id == itemId);

    public static Order Create(OrderPlaced e) => new()
    {
        Id = e.OrderId,
        AccountId = e.AccountId,
        CatalogueVersion = e.CatalogueVersion,
        Currency = e.Currency,
        MinorUnits = e.MinorUnits,
        Total = e.Total,
        Items = [.. e.Lines.Select(line => new OrderItem(line))],
        PaymentMethod = e.PaymentMethod,
        PlacedAt = e.PlacedAt,
    };

    public Order Apply(PaymentDeferred e) => this with
    {
        Attempts = Attempts + 1,
        PaymentProblem = e.Reason,
        RetryAt = e.RetryAt,
        DeferredSince = Since(DeferredSince, e.DeferredAt),
    };

    public Order Apply(PaymentResumed e) => this with { RetryAt = e.ResumedAt };

    public Order Apply(PaymentAttemptFailed e) => this with
    {
        Attempts = e.Attempt,
        PaymentProblem = WhyDeclined ?? e.Reason,
        RetryAt = e.RetryAt,
        SilentSince = Since(SilentSince, e.FailedAt),
    };

    public Order Apply(PaymentAuthorised e) =>
        Untroubled() with { Status = OrderStatus.Authorised, AuthorisationId = e.AuthorisationId };

    public Order Apply(PaymentDeclined e) => Untroubled() with { PaymentProblem = e.Reason };

    public Order Apply(PaymentCaptureStarted _) => Untroubled() with { Status = OrderStatus.Capturing };

    public Order Apply(OrderPaid e) => Untroubled() with
    {
        Status = OrderStatus.Paid,
        CaptureId = e.CaptureId,
        Captured = Captured + e.Amount,
    };

    public Order Apply(DomainRegistrationRequested e) => With(e.ItemId, i => i with { State = ItemState.Requested });

    public Order Apply(HostingProvisioningRequested e) => With(e.ItemId, i => i with { State = ItemState.Requested });

    public Order Apply(ProvisioningAttemptFailed e) => With(e.ItemId, i => i.Troubled(e.Attempt, e.Reason, e.RetryAt));

    public Order Apply(ItemDelivered e) => With(e.ItemId, i => i.Delivered(e.Reference));

    public Order Apply(ItemFailed e) => With(e.ItemId, i => i.Failed(e.Reason));

    public Order Apply(RefundAttemptFailed e) => With(e.ItemId, i => i.Troubled(e.Attempt, e.Reason, e.RetryAt));

    public Order Apply(ItemRefunded e) =>
        With(e.ItemId, i => i.PaidBack()) with { Refunded = Refunded + e.Amount };

    public Order Apply(LateAnswerRecorded e) => With(e.ItemId, i => i with { LateAnswer = e.Answer });

    public Order Apply(OrderActivated _) => this with { Status = OrderStatus.Active };

    public Order Apply(OrderCancelled e) =>
        this with { Status = OrderStatus.Cancelled, CancelReason = e.Reason, Attempts = 0, RetryAt = null };

    public Order Apply(AuthorisationVoided _) => Untroubled() with { Voided = true, PaymentProblem = WhyDeclined };

    /// <summary>Since when it is tried in vain, this time included. Who comes much later than it was due was stopped, or away:
    /// that is nobody's silence, and the time begins anew.</summary>
    internal DateTimeOffset Since(DateTimeOffset? first, DateTimeOffset now) =>
        first is { } begun && now <= RetryAt + MostLate ? begun : now;

    /// <summary>Of an order that ended by it: letting go of what was held does not change why.</summary>
    private string? WhyDeclined => CancelReason == CancelReasons.PaymentDeclined ? PaymentProblem : null;

    private Order Untroubled() => this with
    {
        Attempts = 0,
        PaymentProblem = null,
        RetryAt = null,
        DeferredSince = null,
        SilentSince = null,
    };

    private Order With(Guid itemId, Func<OrderItem, OrderItem> change) =>
        this with { Items = [.. Items.Select(i => i.Id == itemId ? change(i) : i)] };
}
