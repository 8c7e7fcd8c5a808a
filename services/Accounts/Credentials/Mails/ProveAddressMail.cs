using EPerfect.Accounts.Mail;
using EPerfect.PersonalData;
using Microsoft.EntityFrameworkCore;

namespace EPerfect.Accounts.Credentials;

/// <summary>The link that proves an address, to sign up or to move to it.</summary>
internal sealed class ProveAddressMail(IdentityDatabase database, ProvingAddresses addresses, MailLinks links) : IMailTemplate
{
    /// <summary>The person asked for it.</summary>
    public RestrictionException? UnderRestriction => RestrictionException.ConsentOfThePerson;

    public async Task<MailText?> WriteAsync(MailToWrite mail, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(mail.Arguments["pending"]);
        var pending = await database.PendingAddresses.AsNoTracking()
            .SingleOrDefaultAsync(one => one.Id == id, cancellationToken);
        if (pending is null || !await addresses.IsOpenAsync(pending)) return null;
        var token = links.Make(ProvingAddresses.Purpose, id, "-", PendingAddress.Lifetime);
        return pending.LoginId is null
            ? new MailText("Finish signing up for ePerfect", $"""
                Welcome to ePerfect.

                Follow this link to choose your password. It is good for a day:

                {links.Url("/identity/sign-up/confirm", token)}

                If it was not you who signed up, ignore this mail: nothing happens without the link.
                """)
            : new MailText("Confirm your new e-mail address", $"""
                Somebody who is signed in at ePerfect wants to use this address from now on.

                Follow this link to confirm that. It is good for a day:

                {links.Url("/identity/change-email/confirm", token)}

                If it was not you, ignore this mail: nothing happens without the link.
                """);
    }
}
