namespace EPerfect.Contracts.Partners;

/// <summary>The registry has registered a name.</summary>
/// <param name="DomainName">The name in its ASCII form, lower case.</param>
/// <param name="OrderId">The order.</param>
/// <param name="ItemId">The line of the order.</param>
/// <param name="RegisteredAt">When the registry did it, in UTC.</param>
/// <param name="ExpiresAt">When the registration ends unless renewed, in UTC.</param>
public sealed record DomainRegisteredData(
    [property: DataCategory("contact")] string DomainName,
    Guid OrderId,
    Guid ItemId,
    DateTimeOffset RegisteredAt,
    DateTimeOffset ExpiresAt) : IPartnerData
{
    /// <inheritdoc/>
    public static string EventType => "com.eperfect.domain.registered.v1";

    /// <inheritdoc/>
    public static string Source => "domains";
}
