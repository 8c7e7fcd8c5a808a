using EPerfect.Accounts.Members;
using EPerfect.Accounts.Staff;
using Marten;

namespace EPerfect.Accounts.Sweeping;

/// <summary>Which logins have a part neither in an account nor in the company.</summary>
internal sealed class LoginsWithoutPart(IDocumentSession session)
{
    public async Task<IReadOnlyList<Guid>> AmongAsync(Guid[] logins, CancellationToken cancellationToken)
    {
        var members = await session.Query<Membership>()
            .Where(one => one.LoginId.IsOneOf(logins)).Select(one => one.LoginId).ToListAsync(cancellationToken);
        var found = new List<Guid>();
        foreach (var login in logins.Except(members))
        {
            if (await session.Events.FetchLatest<StaffMember>(login, cancellationToken) is not { Roles.Count: > 0 })
                found.Add(login);
        }

        return found;
    }
}
