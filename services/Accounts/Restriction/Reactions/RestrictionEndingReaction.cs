using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Mail;
using EPerfect.Contracts.Privacy;
using EPerfect.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace EPerfect.Accounts.Restriction.Reactions;

/// <summary>A restriction will be lifted: who opened the account is written to before it is (GDPR Art. 18(3)).</summary>
internal sealed class RestrictionEndingReaction(IdentityDatabase database, Logins logins, MailQueue mails)
    : IReaction<RestrictionEnding>
{
    public Guid StreamOf(RestrictionEnding message) => message.AccountId;

    public async Task ReactAsync(UnitOfWork work, RestrictionEnding message, CancellationToken cancellationToken)
    {
        var account = await work.Session.Events.FetchLatest<Account>(message.AccountId, cancellationToken);
        if (account?.OpenedBy is not { } id) return;
        var login = await database.Users.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellationToken);
        if (login is null || await logins.AddressOfAsync(login, cancellationToken) is not { } address) return;
        await mails.RequestAsync(work, new MailRequest(LetterKinds.RestrictionEnding, id, address), cancellationToken);
    }
}
