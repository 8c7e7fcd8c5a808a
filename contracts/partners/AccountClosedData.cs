namespace EPerfect.Contracts.Partners;

/// <summary>An account is closed: it orders nothing any more.</summary>
/// <param name="ClosedAt">When, in UTC.</param>
public sealed record AccountClosedData(DateTimeOffset ClosedAt) : IPartnerData
{
    /// <inheritdoc/>
    public static string EventType => "com.eperfect.account.closed.v1";

    /// <inheritdoc/>
    public static string Source => "accounts";
}
