namespace EPerfect.Contracts.Partners;

/// <summary>A name could not be registered, for good: the line is refunded.</summary>
/// <param name="DomainName">The name in its ASCII form, lower case.</param>
/// <param name="OrderId">The order.</param>
/// <param name="ItemId">The line of the order.</param>
/// <param name="Reason">Why, as a stable code, such as <c>domain-taken</c>.</param>
/// <param name="FailedAt">When, in UTC.</param>
public sealed record DomainRegistrationFailedData(
    [property: DataCategory("contact")] string DomainName,
    Guid OrderId,
    Guid ItemId,
    string Reason,
    DateTimeOffset FailedAt) : IPartnerData
{
    /// <inheritdoc/>
    public static string EventType => "com.eperfect.domain.registration-failed.v1";

    /// <inheritdoc/>
    public static string Source => "domains";
}
