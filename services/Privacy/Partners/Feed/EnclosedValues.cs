using EPerfect.Contracts.Partners;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>Values of a person, each as a JWE for one partner. We cannot read them; once the person is erased, nobody can have
/// them from here any more.</summary>
internal sealed record EnclosedValues(
    [Datum(DataCategory.Name, "the full name, encrypted for a partner")] string? Name,
    [Datum(DataCategory.Email, "the address of the account, encrypted for a partner")] string? Email,
    [Datum(DataCategory.Phone, "the telephone number, encrypted for a partner")] string? Phone,
    [Datum(DataCategory.PostalAddress, "the postal address, encrypted for a partner")] string? Address) : IPersonalData
{
    public static Declaration Declared { get; } = new(
        "enclosed-values",
        DataGroup.Contact,
        Purpose: "to tell selected partners who the customer is, if the customer agrees",
        LegalBasis: "consent (GDPR Art. 6(1)(a)), asked for each time that it is told",
        Retention: RetentionRules.ClosedAccount);

    public static EnclosedValues Of(CustomerSharedData data) =>
        new(data.Name?.Jwe, data.Email?.Jwe, data.Phone?.Jwe, data.Address?.Jwe);

    /// <summary>Those that there are, by the name of the member.</summary>
    internal IEnumerable<(string Name, string Jwe)> Members =>
        from member in new[]
        {
            (Name: CustomerMembers.Name, Jwe: Name),
            (Name: CustomerMembers.Email, Jwe: Email),
            (Name: CustomerMembers.Phone, Jwe: Phone),
            (Name: CustomerMembers.Address, Jwe: Address),
        }
        where member.Jwe is not null
        select (member.Name, member.Jwe);
}
