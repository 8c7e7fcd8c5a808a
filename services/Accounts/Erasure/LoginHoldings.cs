using System.Runtime.CompilerServices;
using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.PersonalDetails;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace EPerfect.Accounts.Erasure;

/// <summary>The login of a person, as far as it says something about them; secrets are told to nobody.</summary>
internal sealed record HeldLogin(
    Guid LoginId,
    Sealed<SignInAddress> Address,
    [InClear<AddressIndex>] string EmailIndex,
    DateTimeOffset CreatedAt,
    bool HasAuthenticator,
    int Passkeys);

/// <summary>An address that the person wants to move to.</summary>
internal sealed record HeldPendingAddress(
    Guid LoginId, Sealed<SignInAddress> Address, [InClear<UnprovenMark>] string EmailIndex, DateTimeOffset ExpiresAt);

/// <summary>What the tables of the identity schema hold of a person.</summary>
internal sealed class LoginHoldings(IdentityDatabase database)
{
    public async IAsyncEnumerable<Holding> OfAsync(
        Guid login, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var id = login.ToString("D");
        if (await database.Users.AsNoTracking().SingleOrDefaultAsync(one => one.Id == login, cancellationToken) is { } row)
        {
            var passkeys = await database.UserPasskeys.CountAsync(one => one.UserId == login, cancellationToken);
            var held = new HeldLogin(login, row.SealedEmail, row.EmailIndex, row.CreatedAt, row.TwoFactorEnabled, passkeys);
            yield return new Holding("logins", id, row.CreatedAt, held);
            var attempts = await database.Attempts.AsNoTracking()
                .Where(Attempts.Of(login, row.EmailIndex)).OrderBy(one => one.LastAt).ToListAsync(cancellationToken);
            foreach (var one in attempts) yield return new Holding("attempts", id, one.LastAt, one);
        }

        var pending = await database.PendingAddresses.AsNoTracking()
            .Where(one => one.LoginId == login).OrderBy(one => one.Id).ToListAsync(cancellationToken);
        foreach (var one in pending)
        {
            yield return new Holding(
                "pending_addresses",
                one.Id.ToString("D"),
                one.ExpiresAt - PendingAddress.Lifetime,
                new HeldPendingAddress(login, one.Address, one.EmailIndex, one.ExpiresAt));
        }

        // As they are read, one after the other: there may be many.
        var activity = database.Activity.AsNoTracking()
            .Where(one => one.LoginId == login).OrderBy(one => one.At).ThenBy(one => one.Id).AsAsyncEnumerable();
        await foreach (var one in activity.WithCancellation(cancellationToken))
            yield return new Holding("activity", one.Id.ToString("D"), one.At, one);
    }
}
