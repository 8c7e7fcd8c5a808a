namespace EPerfect.Contracts.Partners;

/// <summary>Something that may have been told of the customer was wrong and was corrected (GDPR Art. 16, 19). Needs an
/// acknowledgement, <c>POST /api/partners/acknowledgements</c>; where agreement and consent go as far, the new values follow as
/// <c>com.eperfect.customer.shared.v1</c>.</summary>
/// <param name="Corrected">What must be used no more as it was: members of <c>com.eperfect.customer.shared.v1</c>, or
/// <c>organisation</c>, <c>paymentMethod</c>, <c>billingAddress</c>.</param>
/// <param name="RectifiedAt">When, in UTC.</param>
public sealed record CustomerRectifiedData(IReadOnlyList<string> Corrected, DateTimeOffset RectifiedAt) : IPartnerData
{
    /// <inheritdoc/>
    public static string EventType => "com.eperfect.customer.rectified.v1";

    /// <inheritdoc/>
    public static string Source => "privacy";
}
