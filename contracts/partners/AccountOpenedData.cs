namespace EPerfect.Contracts.Partners;

/// <summary>A customer opened an account: the event's subject.</summary>
/// <param name="Kind"><c>customer</c> or <c>reseller</c>.</param>
/// <param name="OpenedAt">When, in UTC.</param>
public sealed record AccountOpenedData(string Kind, DateTimeOffset OpenedAt) : IPartnerData
{
    /// <inheritdoc/>
    public static string EventType => "com.eperfect.account.opened.v1";

    /// <inheritdoc/>
    public static string Source => "accounts";
}
