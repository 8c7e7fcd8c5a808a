using System.Text.RegularExpressions;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using PhoneNumbers;

namespace EPerfect.Accounts.PersonalDetails;

internal sealed partial record Contact(
    [Datum(DataCategory.Email, "the e-mail address of the account")] string Email,
    [Datum(DataCategory.Phone, "the telephone number")] string Phone,
    PostalAddress Address) : IPersonalData
{
    private const int LongestEmail = 254; // RFC 5321
    private static readonly PhoneNumberUtil Phones = PhoneNumberUtil.GetInstance();

    public static Declaration Declared { get; } = new(
        "account-contact",
        DataGroup.Contact,
        Purpose: "to reach the customer",
        LegalBasis: "contract",
        Retention: RetentionRules.ClosedAccount);

    public static Refusal? Check(string email, string phone) =>
        CheckEmail(email) is { } refusal ? refusal
        : !IsE164(phone) ? new(422, "phone-not-e164", "A phone number is in E.164, such as +12025550123.", "/phone")
        : null;

    public static Refusal? CheckEmail(string email) => IsEmail(email)
        ? null
        : new(422, "email-invalid", "An e-mail address is name@host.example.", "/email");

    private static bool IsEmail(string email) =>
        email.Length <= LongestEmail && EmailForm.IsMatch(email) && EmailAddress.TryNormalise(email, out _);

    // Possible, not "valid": number ranges are opened faster than their metadata is shipped,
    // and a refused real number is a lost customer.
    private static bool IsE164(string phone)
    {
        try
        {
            var number = Phones.Parse(phone, defaultRegion: null);
            return Phones.IsPossibleNumber(number)
                && string.Equals(Phones.Format(number, PhoneNumberFormat.E164), phone, StringComparison.Ordinal);
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    // Plain local part of at most 64 characters, at a host name whose last label is no number.
    [GeneratedRegex(
        @"\A[^\s\p{Cc}@""(),:;<>\[\\\]]{1,64}@([^\s@.]+\.)+[^\s@.0-9][^\s@.]+\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmailForm { get; }
}
