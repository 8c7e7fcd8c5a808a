namespace EPerfect.Contracts.Partners;

/// <summary>The person no longer agrees to sharing: what was told before must be used no more (GDPR
/// Art. 7(3), 19). An acknowledgement is shown to the person; none is waited for.</summary>
/// <param name="WithdrawnAt">When, in UTC.</param>
public sealed record SharingWithdrawnData(DateTimeOffset WithdrawnAt) : IPartnerData
{
    /// <inheritdoc/>
    public static string EventType => "com.eperfect.customer.sharing-withdrawn.v1";

    /// <inheritdoc/>
    public static string Source => "privacy";
}
