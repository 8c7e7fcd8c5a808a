using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Credentials;

/// <summary>The address a person signs in with, as it was given.</summary>
internal sealed record SignInAddress(
    [Datum(DataCategory.Email, "the e-mail address to sign in with")] string Email) : IPersonalData
{
    public static Declaration Declared { get; } = new(
        "sign-in-address",
        DataGroup.Identity,
        Purpose: "to sign in, and to write to the person about the login",
        LegalBasis: "contract",
        Retention: RetentionRules.ClosedAccount);
}
