using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Mail;

internal sealed record MailRecipient(
    [Datum(DataCategory.Email, "the e-mail address that a mail goes to")] string Address) : IPersonalData
{
    public static Declaration Declared { get; } = new(
        "mail-recipient",
        DataGroup.Communications,
        Purpose: "to send a mail that the person asked for or has to know",
        LegalBasis: "contract",
        Retention: RetentionRules.ClosedAccount);
}
