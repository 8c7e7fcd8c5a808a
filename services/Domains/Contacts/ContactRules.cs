using System.Text.RegularExpressions;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Contacts;

/// <summary>What a registrant contact must look like before a registry would take it.</summary>
internal static partial class ContactRules
{
    public static Refusal? WhyNot(Registrant registrant) =>
        Text(registrant.Name, 200, "/name")
        ?? Optional(registrant.Organisation, 200, "/organisation")
        ?? Email(registrant.Email)
        ?? Phone(registrant.Phone)
        ?? Postal(registrant.Address);

    private static Refusal? Email(string email) => email.Length <= 254 && EmailForm().IsMatch(email)
        ? null
        : Refusals.Invalid("email-invalid", "An e-mail address has a mailbox, one @ and a domain.", "/email");

    private static Refusal? Phone(string phone) => PhoneForm().IsMatch(phone)
        ? null
        : Refusals.Invalid("phone-not-e164", "A phone number is written as E.164: + and 7 to 15 digits.", "/phone");

    private static Refusal? Postal(Address address)
    {
        if (!Countries.Exists(address.Country))
            return Refusals.Invalid("country-unknown", "A country is an ISO 3166-1 alpha-2 code.", "/address/country");
        if (address.Street.Count is < 1 or > 3)
            return Refusals.Invalid("street-invalid", "A street has 1 to 3 lines.", "/address/street");
        for (var i = 0; i < address.Street.Count; i++)
        {
            if (Text(address.Street[i], 200, $"/address/street/{i}") is { } refusal) return refusal;
        }

        return Text(address.City, 100, "/address/city")
            ?? Optional(address.Region, 100, "/address/region")
            ?? Optional(address.PostalCode, 16, "/address/postalCode");
    }

    private static Refusal? Optional(string? text, int longest, string pointer) =>
        text is null ? null : Text(text, longest, pointer);

    // A null can still come from inside a JSON list.
    private static Refusal? Text(string? text, int longest, string pointer) =>
        string.IsNullOrWhiteSpace(text) || text.Length > longest || text.Any(char.IsControl)
            ? Refusals.Invalid("text-invalid", $"A text of 1 to {longest} printable characters on one line.", pointer)
            : null;

    [GeneratedRegex(
        """
        ^[^\s@<>,;:"()\[\]\\\p{C}]{1,64}
        @(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+
        [\p{L}\p{N}-]{2,63}\z
        """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace, 1000)]
    private static partial Regex EmailForm();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PhoneForm();
}
