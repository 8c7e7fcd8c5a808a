namespace EPerfect.Contracts.Domains;

/// <summary>The registry has registered a name for an order's line.</summary>
/// <param name="DomainName">The name in its ASCII form, lower case.</param>
/// <param name="AccountId">Who holds the name.</param>
/// <param name="OrderId">The order that asked.</param>
/// <param name="ItemId">The order's line that asked.</param>
/// <param name="RegisteredAt">When the registry did it, in UTC.</param>
/// <param name="ExpiresAt">When the registration ends unless renewed, in UTC.</param>
/// <param name="StreamVersion">The version of the domain's stream that this event made.</param>
public sealed record DomainRegistered(
    string DomainName,
    Guid AccountId,
    Guid OrderId,
    Guid ItemId,
    DateTimeOffset RegisteredAt,
    DateTimeOffset ExpiresAt,
    long StreamVersion)
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "domains.domain-registered.v1";
}
