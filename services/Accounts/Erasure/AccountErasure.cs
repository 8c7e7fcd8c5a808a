using EPerfect.Accounts.ApiClients;
using EPerfect.Accounts.Members;
using EPerfect.Accounts.PersonalDetails;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Accounts.Erasure;

/// <summary>Closes the account, and takes away what lets somebody in: the sign-in that goes with it first of all, or what its
/// person begins before it is gone, such as another account, would lose its owner.</summary>
internal sealed class AccountErasure(
    IDocumentSession session, IHoldings holdings, LoginErasure logins, ApiClientSecrets secrets) : IErasure
{
    internal static Decision Close(Account? account, DateTimeOffset now) => account is null
        ? Decision.Nothing
        : Decision.Of(
        [
            .. account.Invitations.Keys.Select(invitation => new InvitationWithdrawn(invitation, now)),
            .. account.ApiClients.Keys.Select(client => new ApiClientRevoked(client, now)),
            .. account.IsClosed ? Array.Empty<object>() : [new AccountClosed(now)],
        ]);

    public async Task CloseAsync(UnitOfWork work, Guid accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await work.ChangeAsync<Account>(accountId, account => Close(account, now), cancellationToken);
        EmailClaim.Free(work.Session, accountId);
        work.Session.DeleteWhere<Membership>(one => one.AccountId == accountId);
        foreach (var login in LoginsAmong(await holdings.SubjectsAsync(accountId, cancellationToken), accountId))
            LoginErasure.Shut(work.Session, login);
    }

    /// <summary>Nothing of what is here is an invoice.</summary>
    public Task<IReadOnlyList<(DataGroup Group, string Ground, DateTimeOffset Until)>> KeepsAsync(
        Guid accountId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<(DataGroup, string, DateTimeOffset)>>([]);

    public async Task<IReadOnlyList<RemovedRows>> ForgetAsync(
        Guid accountId,
        IReadOnlyList<Guid> subjects,
        IReadOnlySet<DataGroup> held,
        CancellationToken cancellationToken)
    {
        var events = await session.Events.FetchStreamAsync(accountId, token: cancellationToken);
        var clients = events.Select(e => e.Data).OfType<ApiClientCreated>().Select(created => created.ClientId).ToArray();
        var destroyed = 0;
        foreach (var client in clients)
        {
            // One that was revoked before has none any more, nor has any when this is called again.
            if (await secrets.DestroyAsync(client, cancellationToken)) destroyed++;
            if (!held.Contains(DataGroup.Logs)) session.Delete<ApiClientUse>(client);
        }

        await session.SaveChangesAsync(cancellationToken);
        var removed = new List<RemovedRows> { new("api-clients", destroyed) };
        foreach (var login in LoginsAmong(subjects, accountId))
            removed.AddRange(await logins.ForgetAsync(login, held, cancellationToken));
        return removed;
    }

    private static IEnumerable<Guid> LoginsAmong(IReadOnlyList<Guid> subjects, Guid accountId) =>
        subjects.Where(subject => subject != accountId);
}
