namespace EPerfect.Contracts.Partners;

/// <summary>The person is erased: what was told is to be deleted (GDPR Art. 17(2), 19). Needs an acknowledgement.</summary>
/// <param name="ErasureId">The erasure; also the number of its certificate.</param>
/// <param name="OrderedAt">When it was ordered, in UTC.</param>
/// <param name="AnswerBy">Until when to acknowledge it, in UTC.</param>
public sealed record CustomerErasedData(Guid ErasureId, DateTimeOffset OrderedAt, DateTimeOffset AnswerBy) : IPartnerData
{
    /// <inheritdoc/>
    public static string EventType => "com.eperfect.customer.erased.v1";

    /// <inheritdoc/>
    public static string Source => "privacy";
}
