using EPerfect.Domains.Erasure;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Contacts;

/// <summary>Who holds a domain: what a registrar must know, and shows to nobody without a ground.</summary>
internal sealed record Registrant(
    [Datum(DataCategory.Name, "the registrant's full name")] string Name,
    [Datum(DataCategory.Organisation, "the organisation that holds the domain")] string? Organisation,
    [Datum(DataCategory.Email, "the registrant's e-mail address")] string Email,
    [Datum(DataCategory.Phone, "the registrant's telephone number")] string Phone,
    Address Address) : IPersonalData
{
    public static Declaration Declared { get; } = new(
        "registrant",
        DataGroup.Contact,
        "To register domain names and to reach their holder.",
        "contract (GDPR Art. 6(1)(b)); the registrar's duty to keep registration data (ICANN Registration Data Policy)",
        RetentionRules.ClosedAccount with { Longer = DomainErasure.Registered });
}

/// <summary>A postal address; <see cref="Country"/> is an ISO 3166-1 alpha-2 code.</summary>
internal sealed record Address(
    [Datum(DataCategory.PostalAddress, "the street, or the lines above the place")] IReadOnlyList<string> Street,
    [Datum(DataCategory.PostalAddress, "the place")] string City,
    [Datum(DataCategory.Country, "the country")] string Country,
    [Datum(DataCategory.PostalAddress, "the region")] string? Region = null,
    [Datum(DataCategory.PostalAddress, "the postal code")] string? PostalCode = null);
