namespace EPerfect.Contracts.Partners;

/// <summary>Nothing is posted to the partner's webhook until the partner resumes it.</summary>
/// <param name="Reason"><c>failing</c>: for three days it accepted nothing; <c>gone</c>: it answered 410.</param>
/// <param name="DisabledAt">When, in UTC.</param>
public sealed record WebhookDisabledData(string Reason, DateTimeOffset DisabledAt) : IPartnerData
{
    /// <inheritdoc/>
    public static string EventType => "com.eperfect.webhook.disabled.v1";

    /// <inheritdoc/>
    public static string Source => "privacy";
}
