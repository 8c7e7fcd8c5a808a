using EPerfect.PersonalData;

namespace EPerfect.Domains.Contacts;

/// <summary>Who holds a domain: what a registrar must know, and shows to nobody without a ground.</summary>
internal sealed record Registrant(string Name, string? Organisation, string Email, string Phone, Address Address)
    : IPersonalData
{
    public static Declaration Declared { get; } = new(
        "registrant",
        DataGroup.Contact,
        "To register domain names and to reach their holder.",
        "contract (GDPR Art. 6(1)(b)); the registrar's duty to keep registration data (ICANN Registration Data Policy)",
        "while a domain is registered, and as long after as the registrar must keep it");
}

/// <summary>A postal address; <see cref="Country"/> is an ISO 3166-1 alpha-2 code.</summary>
internal sealed record Address(
    IReadOnlyList<string> Street, string City, string Country, string? Region = null, string? PostalCode = null);
