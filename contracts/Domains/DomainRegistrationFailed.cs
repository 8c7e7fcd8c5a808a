namespace EPerfect.Contracts.Domains;

/// <summary>A name could not be registered for an order's line, for good: the line is to be refunded.</summary>
/// <param name="DomainName">The name in its ASCII form, lower case.</param>
/// <param name="OrderId">The order that asked.</param>
/// <param name="ItemId">The order's line that asked.</param>
/// <param name="Reason">Why, as a stable code: <c>domain-taken</c>, <c>domain-reserved</c>, <c>contact-unknown</c>,
/// <c>registry-refused</c>.</param>
/// <param name="FailedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the stream that this event made.</param>
/// <param name="AccountId">Who ordered it; null in messages of before it was named.</param>
public sealed record DomainRegistrationFailed(
    string DomainName,
    Guid OrderId,
    Guid ItemId,
    string Reason,
    DateTimeOffset FailedAt,
    long StreamVersion,
    Guid? AccountId = null)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "domains.domain-registration-failed.v1";
}
