using EPerfect.Accounts.Mail;
using EPerfect.PersonalData;
using Microsoft.AspNetCore.Identity;

namespace EPerfect.Accounts.Credentials;

/// <summary>The link that sets a new password, good for an hour and once. A mail that was long under way brings none: who
/// asked has given up, and the address may be somebody else's by now.</summary>
internal sealed class ResetPasswordMail(
    UserManager<Login> users, Logins logins, MailLinks links, TimeProvider clock) : IMailTemplate
{
    /// <summary>The person asked for it.</summary>
    public RestrictionException? UnderRestriction => RestrictionException.ConsentOfThePerson;

    public async Task<MailText?> WriteAsync(MailToWrite mail, CancellationToken cancellationToken)
    {
        if (await users.FindByIdAsync(mail.Subject.ToString("D")) is not { SecurityStamp: { } stamp } login) return null;
        if (mail.RequestedAt + ChangingPasswords.ResetLifetime <= clock.GetUtcNow()
            || await logins.AddressOfAsync(login, cancellationToken) != mail.Address)
            return null;
        var token = links.Make(ChangingPasswords.ResetPurpose, login.Id, stamp, ChangingPasswords.ResetLifetime);
        return new MailText("Set a new password", $"""
            Somebody asked for a new password for your ePerfect sign-in.

            Follow this link to set one. It is good for an hour, and once:

            {links.Url("/identity/reset-password", token)}

            If it was not you, ignore this mail: your password stays as it is.
            """);
    }
}
