using EPerfect.Accounts.Credentials;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;

namespace EPerfect.Accounts.Erasure;

/// <summary>
/// Deletes a login and all that hangs on it: what lets somebody in at once, the rest when its group is not held any more.
/// What there is no more counts as none.
/// </summary>
internal sealed class LoginErasure(IdentityDatabase database, Vault vault)
{
    public async Task<IReadOnlyList<RemovedRows>> ForgetAsync(
        Guid id, IReadOnlySet<DataGroup> held, CancellationToken cancellationToken)
    {
        var index = await database.Users.Where(one => one.Id == id).Select(one => one.EmailIndex)
            .SingleOrDefaultAsync(cancellationToken);
        List<RemovedRows> removed = [.. await WaysInAsync(id, cancellationToken)];
        if (!held.Contains(DataGroup.Logs))
        {
            var activity = database.Activity.Where(one => one.LoginId == id);
            removed.Add(new("activity", await activity.ExecuteDeleteAsync(cancellationToken)));
            removed.Add(new("attempts", index is null ? 0
                : await database.Attempts.Where(Attempts.Of(id, index)).ExecuteDeleteAsync(cancellationToken)));
        }

        // By the login's index the attempts and addresses are found, as long as they stay.
        if (held.Overlaps([DataGroup.Identity, DataGroup.Logs, DataGroup.Communications]))
        {
            await ShutAsync(id, cancellationToken);
            return removed;
        }

        var login = database.Users.Where(one => one.Id == id);
        removed.Add(new("pending-addresses", await PendingAsync(id, index, cancellationToken)));
        removed.Add(new("logins", await login.ExecuteDeleteAsync(cancellationToken)));
        return removed;
    }

    private async Task<IReadOnlyList<RemovedRows>> WaysInAsync(Guid id, CancellationToken cancellationToken)
    {
        var subject = id.ToString("D");
        return
        [
            new("tokens", await database.Tokens.Where(one => one.Subject == subject).ExecuteDeleteAsync(cancellationToken)),
            new("authorizations", await database.Set<OpenIddictEntityFrameworkCoreAuthorization<Guid>>()
                .Where(one => one.Subject == subject).ExecuteDeleteAsync(cancellationToken)),
            new("passkeys", await database.UserPasskeys.Where(one => one.UserId == id).ExecuteDeleteAsync(cancellationToken)),
        ];
    }

    /// <summary>The row stays, and opens nothing: no password, no second factor, no session, no account.</summary>
    private Task<int> ShutAsync(Guid id, CancellationToken cancellationToken)
    {
        var stamp = NewStamp();
        return database.Users.Where(one => one.Id == id).ExecuteUpdateAsync(
            row => row
                .SetProperty(one => one.PasswordHash, (string?)null)
                .SetProperty(one => one.EmailConfirmed, false)
                .SetProperty(one => one.SecurityStamp, stamp)
                // Whoever has read it before, and sets a password at this moment, is too late.
                .SetProperty(one => one.ConcurrencyStamp, stamp),
            cancellationToken);
    }

    /// <summary>The same, with what else commits in the session.</summary>
    public static void Shut(Marten.IDocumentSession session, Guid id) => session.QueueSqlCommand(
        """
        update identity.logins set "PasswordHash" = null, "EmailConfirmed" = false, "SecurityStamp" = ?, "ConcurrencyStamp" = ?
        where "Id" = ?
        """,
        NewStamp(),
        NewStamp(),
        id);

    private static string NewStamp() => Guid.CreateVersion7().ToString("N");

    /// <summary>Also one by which somebody wants to sign up with the same address: it has keys of its own.</summary>
    private async Task<int> PendingAsync(Guid id, string? index, CancellationToken cancellationToken)
    {
        var pending = await database.PendingAddresses.AsNoTracking()
            .Where(one => one.LoginId == id || (index != null && one.EmailIndex == index)).ToListAsync(cancellationToken);
        foreach (var one in pending)
        {
            if (one.LoginId is null)
            {
                await vault.ShredAsync(one.Id, DataGroup.Identity, one.Id, cancellationToken);
                await vault.ShredAsync(one.Id, DataGroup.Communications, one.Id, cancellationToken);
            }

            await database.PendingAddresses.Where(row => row.Id == one.Id).ExecuteDeleteAsync(cancellationToken);
        }

        return pending.Count;
    }
}
