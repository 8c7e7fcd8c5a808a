namespace EPerfect.Contracts.Orders;

/// <summary>A paid order asks Domains to register a name. Answered by <c>domains.domain-registered.v1</c> or
/// <c>domains.domain-registration-failed.v1</c>, which repeat the order and the item.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="ItemId">The order's line; the registration's idempotency token.</param>
/// <param name="AccountId">Who will hold the name.</param>
/// <param name="DomainName">The name in its ASCII form, lower case, without a trailing dot.</param>
/// <param name="Years">The period, 1 to 10 years.</param>
/// <param name="RegistrantContactId">The contact, kept sealed by Domains.</param>
/// <param name="Nameservers">Host names in ASCII form; empty for the platform's own.</param>
/// <param name="RequestedAt">When, in UTC.</param>
/// <param name="StreamVersion">The version of the order's stream that this event made.</param>
public sealed record DomainRegistrationRequested(
    Guid OrderId,
    Guid ItemId,
    Guid AccountId,
    string DomainName,
    int Years,
    Guid RegistrantContactId,
    IReadOnlyList<string> Nameservers,
    DateTimeOffset RequestedAt,
    long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "orders.domain-registration-requested.v1";
}
