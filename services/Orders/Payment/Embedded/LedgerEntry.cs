namespace EPerfect.Orders.Payment.Embedded;

internal enum LedgerKind
{
    Authorisation,
    Capture,
    Void,
    Refund,
}

/// <summary>What the gateway did under an idempotency key.</summary>
/// <param name="Parent">The reference that it rests on: of the authorisation, or of the capture.</param>
/// <param name="Reason">Why it was declined; null if approved.</param>
internal sealed record LedgerEntry(
    LedgerKind Kind, Guid Key, string Reference, string? Parent, decimal Amount, string Currency, string Behaviour, string? Reason)
{
    public bool IsApproved => Reason is null;

    public PaymentAnswer Answer =>
        Reason is null ? new PaymentAnswer.Approved(Reference) : new PaymentAnswer.Declined(Reason);
}
