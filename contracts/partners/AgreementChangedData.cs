namespace EPerfect.Contracts.Partners;

/// <summary>The agreement with the partner is another now.</summary>
/// <param name="Version">Its version.</param>
/// <param name="State"><c>active</c>, <c>suspended</c> or <c>ended</c>.</param>
/// <param name="ChangedAt">When, in UTC.</param>
public sealed record AgreementChangedData(int Version, string State, DateTimeOffset ChangedAt) : IPartnerData
{
    /// <inheritdoc/>
    public static string EventType => "com.eperfect.agreement.changed.v1";

    /// <inheritdoc/>
    public static string Source => "privacy";
}
