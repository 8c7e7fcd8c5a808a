namespace EPerfect.Orders.Payment.Embedded;

internal enum LedgerKind
{
    Authorisation,
    Capture,
    Void,
    Refund,
}

/// <summary>What the gateway did under an idempotency key. The parent is the reference that it rests on (of the
/// authorisation, or of the capture); the reason says why it was declined, null if it was approved.</summary>
internal sealed record LedgerEntry(
    LedgerKind Kind,
    Guid Key,
    string Reference,
    string? Parent,
    decimal Amount,
    string Currency,
    string Behaviour,
    string? Reason)
{
    public bool IsApproved => Reason is null;

    public PaymentAnswer Answer =>
        Reason is null ? new PaymentAnswer.Approved(Reference) : new PaymentAnswer.Declined(Reason);
}
