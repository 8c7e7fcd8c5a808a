using EPerfect.Accounts.Credentials;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;

namespace EPerfect.Accounts.Erasure;

/// <summary>Deletes a login and all that hangs on it. What there is no more counts as none.</summary>
internal sealed class LoginErasure(IdentityDatabase database, Vault vault)
{
    public async Task<IReadOnlyList<RemovedRows>> ForgetAsync(Guid id, CancellationToken cancellationToken)
    {
        var subject = id.ToString("D");
        var index = await database.Users.Where(one => one.Id == id).Select(one => one.EmailIndex)
            .SingleOrDefaultAsync(cancellationToken);
        var attempts = index is null ? 0 : await AttemptsAsync(id, index, cancellationToken);
        var pending = await PendingAsync(id, index, cancellationToken);
        return
        [
            new("tokens", await database.Tokens.Where(one => one.Subject == subject).ExecuteDeleteAsync(cancellationToken)),
            new("authorizations", await database.Set<OpenIddictEntityFrameworkCoreAuthorization<Guid>>()
                .Where(one => one.Subject == subject).ExecuteDeleteAsync(cancellationToken)),
            new("activity", await database.Activity.Where(one => one.LoginId == id).ExecuteDeleteAsync(cancellationToken)),
            new("attempts", attempts),
            new("pending-addresses", pending),
            new("passkeys", await database.UserPasskeys.Where(one => one.UserId == id).ExecuteDeleteAsync(cancellationToken)),
            new("logins", await database.Users.Where(one => one.Id == id).ExecuteDeleteAsync(cancellationToken)),
        ];
    }

    /// <summary>Whatever was counted for the address, for which every key holds its index.</summary>
    private Task<int> AttemptsAsync(Guid id, string index, CancellationToken cancellationToken)
    {
        var factor = Attempts.SecondFactor(id);
        return database.Attempts.Where(one => one.Key == factor || one.Key.Contains(index))
            .ExecuteDeleteAsync(cancellationToken);
    }

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
