using System.Text.Json.Serialization;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Contacts;

/// <summary>A registrant contact. The person is sealed; the country alone is a plain fact, which RDAP shows.</summary>
internal sealed record Contact : IOwned
{
    public Guid Id { get; init; }

    public Guid AccountId { get; init; }

    Guid? IOwned.AccountId => AccountId;

    public required Sealed<Registrant> Registrant { get; init; }

    [InClear<RegistrantCountry>]
    public required string Country { get; init; }

    public static Contact Create(ContactRegistered e) => new()
    {
        Id = e.ContactId,
        AccountId = e.AccountId,
        Registrant = e.Registrant,
        Country = e.Country,
    };

    public Contact Apply(ContactCorrected e) => this with { Registrant = e.Registrant, Country = e.Country };
}

internal sealed record ContactRegistered(
    Guid ContactId,
    Guid AccountId,
    Sealed<Registrant> Registrant,
    [InClear<RegistrantCountry>] string Country,
    DateTimeOffset PublicityAcknowledgedAt);

/// <summary>The fields say what is another than before, by name. Events of before they did tell neither them nor whose it
/// is.</summary>
internal sealed record ContactCorrected(
    Sealed<Registrant> Registrant,
    [InClear<RegistrantCountry>] string Country,
    DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? AccountId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Fields = null);
