namespace EPerfect.Orders.Payment;

/// <summary>The payment provider. Each call carries an idempotency key: asked again with the same key it answers the
/// same, and acts once. A call without an answer throws <see cref="NoAnswerException"/>: it may have acted or
/// not.</summary>
internal interface IPaymentGateway
{
    /// <summary>Holds an amount. The key names the authorisation for <see cref="VoidAsync"/>.</summary>
    Task<PaymentAnswer> AuthoriseAsync(Guid key, string token, decimal amount, string currency, CancellationToken ct);

    /// <summary>Takes the held amount.</summary>
    Task<PaymentAnswer> CaptureAsync(Guid key, string authorisationId, decimal amount, CancellationToken ct);

    /// <summary>Lets go of what was authorised under the key, and refuses it if it should still arrive. Approved also if nothing
    /// is held, or not any more.</summary>
    Task<PaymentAnswer> VoidAsync(Guid authorisationKey, CancellationToken ct);

    /// <summary>Pays back a part of what was captured.</summary>
    Task<PaymentAnswer> RefundAsync(Guid key, string captureId, decimal amount, CancellationToken ct);
}

internal abstract record PaymentAnswer
{
    private PaymentAnswer()
    {
    }

    /// <summary>Done; the reference is the provider's name for it.</summary>
    public sealed record Approved(string Reference) : PaymentAnswer;

    /// <summary>Refused for good.</summary>
    public sealed record Declined(string Reason) : PaymentAnswer;

    /// <summary>Silence: done or not, nobody knows. Made by the asking side.</summary>
    public sealed record None(string Reason) : PaymentAnswer;
}

internal enum PaymentStep
{
    Authorise,
    Capture,
    Void,
}
