using System.Runtime.CompilerServices;
using EPerfect.Accounts.Mail;
using EPerfect.Accounts.Members;
using EPerfect.Accounts.Staff;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Accounts.Erasure;

/// <summary>The account, the login that opened it, and the mails to that login.</summary>
internal sealed class AccountHoldings(IDocumentSession session, LoginHoldings logins) : IHoldings
{
    public async Task<IReadOnlyList<Guid>> SubjectsAsync(Guid accountId, CancellationToken cancellationToken) =>
        await LoginOfAsync(accountId, cancellationToken) is { } login ? [accountId, login] : [accountId];

    public async IAsyncEnumerable<Holding> OfAsync(
        Guid accountId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var e in await session.Events.FetchStreamAsync(accountId, token: cancellationToken))
            yield return new Holding(e.EventTypeName, accountId.ToString("D"), e.Timestamp, e.Data);
        if (await LoginOfAsync(accountId, cancellationToken) is not { } login) yield break;
        foreach (var mail in await session.Events.QueryRawEventDataOnly<MailRequested>()
            .Where(one => one.Subject == login).ToListAsync(cancellationToken))
        {
            yield return new Holding("mail_requested", login.ToString("D"), mail.RequestedAt, mail);
        }

        foreach (var held in await logins.OfAsync(login, cancellationToken)) yield return held;
    }

    /// <summary>Who opened the account, unless the login is in use for something else: another account, or the company.
    /// Other members are other people, who ask for themselves.</summary>
    private async Task<Guid?> LoginOfAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var account = await session.Events.FetchLatest<Account>(accountId, cancellationToken);
        if (account?.OpenedBy is not { } login || !account.Members.ContainsKey(login)) return null;
        var elsewhere = await session.Query<Membership>()
            .AnyAsync(one => one.LoginId == login && one.AccountId != accountId, cancellationToken);
        if (elsewhere) return null;
        return await session.Events.FetchLatest<StaffMember>(login, cancellationToken) is { Roles.Count: > 0 } ? null : login;
    }
}
