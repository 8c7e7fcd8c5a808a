using System.Net.Mail;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>Whom at the partner one writes to when somebody is erased. Often a person's own address: sealed.</summary>
internal sealed record ErasureContact(
    [Datum(DataCategory.Email, "the address that requests for erasure are sent to")] string Email) : IPersonalData
{
    private const int Longest = 254; // RFC 5321

    public static Declaration Declared { get; } = new(
        "partner-erasure-contact",
        DataGroup.Contact,
        Purpose: "to reach the partner when a person is to be erased",
        LegalBasis: "legal obligation (GDPR Art. 19)",
        Retention: ForgetErasureContact.Retention);

    public static Refusal? WhyNot(string email) =>
        email.Length <= Longest && MailAddress.TryCreate(email, out var read) && read.Address == email
        && read.Host.Contains('.', StringComparison.Ordinal)
            ? null
            : new(422, "email-invalid", "An e-mail address is name@host.example.", "/erasureContact");
}
