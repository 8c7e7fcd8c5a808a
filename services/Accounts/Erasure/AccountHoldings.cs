using System.Runtime.CompilerServices;
using EPerfect.Accounts.ApiClients;
using EPerfect.Accounts.Members;
using EPerfect.Accounts.PersonalDetails;
using EPerfect.Accounts.Staff;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Accounts.Erasure;

/// <summary>The account, and of a login all that hangs on it.</summary>
internal sealed class AccountHoldings(IDocumentSession session, LoginHoldings logins, MailHoldings mails) : IHoldings
{
    public async Task<IReadOnlyList<Guid>> SubjectsAsync(Guid accountId, CancellationToken cancellationToken) =>
        await LoginOfAsync(accountId, cancellationToken) is { } login ? [accountId, login] : [accountId];

    /// <summary>An owner's own login, never another owner's. Who wrote instead of signing in is told of the login if it is the
    /// only one that may be meant.</summary>
    public async Task<Told> ToldAsync(Guid accountId, Guid? loginId, CancellationToken cancellationToken)
    {
        var account = await session.Events.FetchLatest<Account>(accountId, cancellationToken);
        Guid[] owners = [.. account?.Members.Keys.Where(account.IsOwner) ?? []];
        var meant = owners.Where(owner => loginId is null || owner == loginId).ToArray();
        return meant is [var only] ? new Told([accountId, only], only) : new Told([accountId]);
    }

    public async IAsyncEnumerable<Holding> OfAsync(
        Guid accountId,
        IReadOnlyCollection<Guid> subjects,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var clients = new List<Guid>();
        await foreach (var held in session.Events.HoldingsAsync(accountId, cancellationToken))
        {
            if (held.Data is ApiClientCreated created) clients.Add(created.ClientId);
            yield return OtherOf(held.Data) is { } other && !subjects.Contains(other)
                ? held with { Withheld = WithheldReasons.AnotherPerson }
                : held;
        }

        foreach (var use in await session.LoadManyAsync<ApiClientUse>(cancellationToken, clients))
            yield return new Holding("api_client_use", use.Id.ToString("D"), use.LastUsedAt, use);
        foreach (var claim in await session.Query<EmailClaim>()
            .Where(claim => claim.AccountId == accountId).ToListAsync(cancellationToken))
        {
            yield return new Holding("email_claim", accountId.ToString("D"), At: null, claim);
        }

        foreach (var login in subjects.Where(subject => subject != accountId))
        {
            await foreach (var held in OfLoginAsync(login, accountId, cancellationToken)) yield return held;
        }
    }

    private async IAsyncEnumerable<Holding> OfLoginAsync(
        Guid login, Guid accountId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var part in await session.Query<Membership>()
            .Where(one => one.LoginId == login && one.AccountId != accountId)
            .OrderBy(one => one.Id).ToListAsync(cancellationToken))
        {
            yield return new Holding("membership", part.AccountId.ToString("D"), At: null, part);
        }

        await foreach (var held in session.Events.HoldingsAsync(login, cancellationToken)) yield return held;
        await foreach (var held in mails.OfAsync(login, cancellationToken)) yield return held;
        await foreach (var held in logins.OfAsync(login, cancellationToken)) yield return held;
    }

    /// <summary>Whom an event of the account says something about, if not its owner.</summary>
    private static Guid? OtherOf(object data) => data switch
    {
        MemberJoined x => x.LoginId,
        MemberRoleChanged x => x.LoginId,
        MemberRemoved x => x.LoginId,
        _ => null,
    };

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
