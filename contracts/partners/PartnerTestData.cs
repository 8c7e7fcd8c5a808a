namespace EPerfect.Contracts.Partners;

/// <summary>Sent because the partner asked for it.</summary>
/// <param name="Message">For people: that it works.</param>
public sealed record PartnerTestData(string Message) : IPartnerData
{
    /// <inheritdoc/>
    public static string EventType => "com.eperfect.partner.test.v1";

    /// <inheritdoc/>
    public static string Source => "privacy";
}
