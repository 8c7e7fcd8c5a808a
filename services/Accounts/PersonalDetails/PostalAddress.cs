using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.PersonalDetails;

/// <summary>Always inside a sealed group: the country too is kept nowhere else, as nothing needs it in clear.</summary>
internal sealed record PostalAddress(
    [Datum(DataCategory.PostalAddress, "the street, or the lines above the place")] IReadOnlyList<string> Street,
    [Datum(DataCategory.PostalAddress, "the place")] string City,
    [Datum(DataCategory.Country, "the country")] string Country,
    [Datum(DataCategory.PostalAddress, "the region")] string? Region = null,
    [Datum(DataCategory.PostalAddress, "the postal code")] string? PostalCode = null)
{
    private const int MostLines = 4;
    private const int LongestLine = 100;
    private const int LongestPostalCode = 16;

    public Refusal? Check(string pointer) =>
        (Street.Count is 0 or > MostLines ? WrongLines(pointer) : null)
        ?? Street.Select((line, i) => Text.Check(line, LongestLine, $"{pointer}/street/{i}"))
            .FirstOrDefault(refusal => refusal is not null)
        ?? Text.Check(City, LongestLine, pointer + "/city")
        ?? Text.CheckOptional(Region, LongestLine, pointer + "/region")
        ?? Text.CheckOptional(PostalCode, LongestPostalCode, pointer + "/postalCode")
        ?? (Countries.IsKnown(Country) ? null : UnknownCountry(pointer));

    private static Refusal WrongLines(string pointer) =>
        new(422, "street-invalid", $"A street has 1 to {MostLines} lines.", pointer + "/street");

    private static Refusal UnknownCountry(string pointer) =>
        new(422, "country-unknown", "A country is an ISO 3166-1 alpha-2 code, such as EE.", pointer + "/country");
}
