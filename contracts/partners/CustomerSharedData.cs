namespace EPerfect.Contracts.Partners;

/// <summary>Who the customer is, as far as agreement and consent go.</summary>
/// <param name="Name">The full name.</param>
/// <param name="Email">The address of the account.</param>
/// <param name="Phone">The number of the registrant contact (E.164).</param>
/// <param name="Address">The registrant contact's address: street, city, postal code, country.</param>
public sealed record CustomerSharedData(
    [property: DataCategory("identity")] EncryptedValue? Name,
    [property: DataCategory("contact")] EncryptedValue? Email,
    [property: DataCategory("contact")] EncryptedValue? Phone,
    [property: DataCategory("contact")] EncryptedValue? Address) : IPartnerData
{
    /// <inheritdoc/>
    public static string EventType => "com.eperfect.customer.shared.v1";

    /// <inheritdoc/>
    public static string Source => "privacy";
}
