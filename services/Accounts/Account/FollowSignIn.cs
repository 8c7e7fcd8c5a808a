using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.PersonalDetails;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace EPerfect.Accounts;

/// <summary>
/// An account whose address is the one that its owner signs in with keeps being reached: when the owner moves, so does
/// it. That a login has moved is stored with the move, so that a kill in between only delays what follows.
/// </summary>
internal sealed class FollowSignIn(
    IdentityDatabase database, Marten.IQuerySession session, Writer writer, Vault vault, TimeProvider time)
{
    private const string Actor = "accounts/follow-sign-in";

    /// <summary>Not where the account has another address by now, or another account has this one.</summary>
    internal static bool Follows(Account? account, Guid login, EmailClaim? left, EmailClaim? entered) =>
        account is { IsClosed: false } && account.IsOwner(login) && left?.AccountId == account.Id && entered is null;

    /// <summary>All that moved and were not followed yet.</summary>
    public async Task FollowAllAsync(CancellationToken cancellationToken)
    {
        var moves = await database.PendingAddresses.AsNoTracking()
            .Where(one => one.MovedFrom != null).ToListAsync(cancellationToken);
        foreach (var move in moves) await FollowAsync(move, cancellationToken);
    }

    /// <summary>Goes to where the login is by now: it may have moved on.</summary>
    public async Task FollowAsync(PendingAddress move, CancellationToken cancellationToken)
    {
        var login = await database.Users.AsNoTracking()
            .SingleOrDefaultAsync(one => one.Id == move.LoginId, cancellationToken);
        if (login is not null && !await IsDoneAsync(login, move.MovedFrom!, cancellationToken)) return;
        await database.PendingAddresses.Where(one => one.Id == move.Id).ExecuteDeleteAsync(cancellationToken);
    }

    /// <returns>False while what is to be read or changed is restricted: it follows when that has ended.</returns>
    private async Task<bool> IsDoneAsync(Login login, string left, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<EmailClaim>(left, cancellationToken) is not { } claim) return true;
        var address = await vault.OpenAsync(login.SealedEmail, cancellationToken);
        if (address is not Opened<SignInAddress>.Clear(var entered)) return address is Opened<SignInAddress>.Erased;
        var isDone = true;
        await writer.WriteAsync(
            claim.AccountId,
            Actor,
            (work, ct) => work.ChangeAsync<Account>(claim.AccountId, async (account, ct) =>
            {
                var held = await work.Session.LoadAsync<EmailClaim>(left, ct);
                var taken = await work.Session.LoadAsync<EmailClaim>(login.EmailIndex, ct);
                if (!Follows(account, login.Id, held, taken)) return Decision.Nothing;
                var contact = await vault.OpenAsync(account!.Contact, ct);
                isDone = contact is not Opened<Contact>.Restricted;
                if (contact is not Opened<Contact>.Clear(var known)) return Decision.Nothing;
                EmailClaim.Move(work.Session, new EmailClaim(login.EmailIndex, account.Id));
                return Decision.Of(new ProfileChanged(
                    account.Identity,
                    await vault.SealAsync(account.Id, known with { Email = entered.Email }, ct),
                    time.GetUtcNow(),
                    [Corrections.Email]));
            }, ct),
            cancellationToken);
        return isDone;
    }
}
