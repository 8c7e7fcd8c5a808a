using EPerfect.Accounts.Credentials;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace EPerfect.Accounts.Erasure;

/// <summary>The login of a person, as far as it says something about them; secrets are told to nobody.</summary>
internal sealed record HeldLogin(
    Guid LoginId, Sealed<SignInAddress> Address, DateTimeOffset CreatedAt, bool HasAuthenticator, int Passkeys);

/// <summary>An address that the person wants to move to.</summary>
internal sealed record HeldPendingAddress(Guid LoginId, Sealed<SignInAddress> Address, DateTimeOffset ExpiresAt);

/// <summary>What the tables of the identity schema hold of a person.</summary>
internal sealed class LoginHoldings(IdentityDatabase database)
{
    public async Task<IReadOnlyList<Holding>> OfAsync(Guid login, CancellationToken cancellationToken)
    {
        var id = login.ToString("D");
        var found = new List<Holding>();
        if (await database.Users.AsNoTracking().SingleOrDefaultAsync(one => one.Id == login, cancellationToken) is { } row)
        {
            var passkeys = await database.UserPasskeys.CountAsync(one => one.UserId == login, cancellationToken);
            var held = new HeldLogin(login, row.SealedEmail, row.CreatedAt, row.TwoFactorEnabled, passkeys);
            found.Add(new Holding("logins", id, row.CreatedAt, held));
        }

        var pending = await database.PendingAddresses.AsNoTracking()
            .Where(one => one.LoginId == login).ToListAsync(cancellationToken);
        found.AddRange(pending.Select(one => new Holding(
            "pending_addresses", id, one.ExpiresAt, new HeldPendingAddress(login, one.Address, one.ExpiresAt))));
        var activity = await database.Activity.AsNoTracking()
            .Where(one => one.LoginId == login).OrderBy(one => one.At).ToListAsync(cancellationToken);
        found.AddRange(activity.Select(one => new Holding("activity", id, one.At, one)));
        return found;
    }
}
