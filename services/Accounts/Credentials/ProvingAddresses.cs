using EPerfect.PersonalData;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace EPerfect.Accounts.Credentials;

/// <summary>
/// Signing up, and moving to another address: a mail goes out, and its link proves the address. Whether the address has
/// a login already is told by mail alone, to whoever reads that mailbox.
/// </summary>
internal sealed class ProvingAddresses(
    IdentityDatabase database,
    UserManager<Login> users,
    Logins logins,
    Letters letters,
    MailLinks links,
    Vault vault,
    BlindIndex index,
    IDataProtectionProvider protection,
    TimeProvider clock)
{
    public const string Purpose = "prove-address";

    private readonly IDataProtector protector = protection.CreateProtector("return-url");

    /// <summary>Asks for the proof. <paramref name="mover"/> is who wants to move, and hears of it where the mail went so
    /// far; null to sign up.</summary>
    public async Task AskAsync(string email, Login? mover, string? returnUrl, CancellationToken cancellationToken)
    {
        var owner = await logins.FindAsync(email, cancellationToken);
        if (mover is not null && owner?.Id != mover.Id)
            await letters.ToAsync(mover, LetterKinds.AddressChangeRequested, cancellationToken);
        if (owner is not null)
        {
            if (owner.Id != mover?.Id && !owner.IsShut)
                await letters.ToAsync(owner, LetterKinds.AlreadyRegistered, cancellationToken);
            return;
        }

        var loginId = mover?.Id;
        var now = clock.GetUtcNow();
        var place = index.ForEmail(email);
        var pending = await database.PendingAddresses.FirstOrDefaultAsync(
            one => one.EmailIndex == place && one.LoginId == loginId && one.MovedFrom == null && one.ExpiresAt > now,
            cancellationToken);
        if (pending is null)
        {
            var id = Guid.CreateVersion7(now);
            pending = new PendingAddress
            {
                Id = id,
                LoginId = loginId,
                EmailIndex = place,
                Address = await vault.SealAsync(loginId ?? id, new SignInAddress(email), cancellationToken),
                ExpiresAt = now + PendingAddress.Lifetime,
            };
            database.PendingAddresses.Add(pending);
        }

        pending.ReturnUrl = returnUrl is null ? null : protector.Protect(returnUrl);
        pending.Stamp = mover?.SecurityStamp;
        pending.ExpiresAt = now + PendingAddress.Lifetime;
        await database.SaveChangesAsync(cancellationToken);
        await letters.ToAsync(pending, email, cancellationToken);
    }

    /// <summary>What a link in a mail proves; null if it does not, or not any more.</summary>
    public async Task<PendingAddress?> FindAsync(string? token, CancellationToken cancellationToken)
    {
        if (links.Read(Purpose, token) is not { } link) return null;
        var pending = await database.PendingAddresses.SingleOrDefaultAsync(one => one.Id == link.Id, cancellationToken);
        return pending is not null && await IsOpenAsync(pending) ? pending : null;
    }

    /// <summary>Whether the address may still be proven: in time, and who asked to move has lost no session since.</summary>
    public async Task<bool> IsOpenAsync(PendingAddress pending) => pending.MovedFrom is null
        && pending.ExpiresAt > clock.GetUtcNow()
        && (pending.LoginId is not { } mover
            || (pending.Stamp is { } stamp && (await users.FindByIdAsync(mover.ToString("D")))?.SecurityStamp == stamp));

    public async Task<string?> AddressOfAsync(PendingAddress pending, CancellationToken cancellationToken) =>
        (await vault.OpenAsync(pending.Address, RestrictionException.ConsentOfThePerson, cancellationToken)
            as Opened<SignInAddress>.Clear)?.Value.Email;

    public string? ReturnUrlOf(PendingAddress pending) =>
        pending.ReturnUrl is { } url ? protector.Unprotect(url) : null;

    /// <summary>Makes the login of a proven address.</summary>
    /// <returns>Null when the address has got one in the meantime.</returns>
    public async Task<Login?> SignUpAsync(PendingAddress pending, string passwordHash, CancellationToken cancellationToken)
    {
        var login = new Login(pending.Id, pending.EmailIndex, pending.Address, clock.GetUtcNow())
        {
            EmailConfirmed = true,
            PasswordHash = passwordHash,
        };
        database.PendingAddresses.Remove(pending);
        return await IsStoredAsync(() => users.CreateAsync(login)) ? login : null;
    }

    /// <summary>Moves the login to its proven address, and keeps for <see cref="FollowSignIn"/> that it did.</summary>
    /// <returns>Whether it did: not when the address has got a login in the meantime.</returns>
    public Task<bool> MoveAsync(PendingAddress pending, Login login)
    {
        pending.MovedFrom = login.EmailIndex;
        (login.EmailIndex, login.SealedEmail) = (pending.EmailIndex, pending.Address);
        return IsStoredAsync(() => users.UpdateSecurityStampAsync(login));
    }

    // One login per address: the database lets one of two win.
    private static async Task<bool> IsStoredAsync(Func<Task<IdentityResult>> store)
    {
        try
        {
            return (await store()).Succeeded;
        }
        catch (DbUpdateException lost) when (Overtaken.Is(lost))
        {
            return false;
        }
    }
}
