using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace EPerfect.Accounts.Credentials;

/// <summary>Finds logins by address, and makes them. Passwords, factors and lockout are Identity's
/// <c>UserManager</c>'s business.</summary>
internal sealed class Logins(
    IdentityDatabase database, UserManager<Login> users, Vault vault, BlindIndex index, TimeProvider time)
{
    public Task<Login?> FindAsync(string email, CancellationToken ct)
    {
        if (!EmailAddress.TryNormalise(email, out _)) return Task.FromResult<Login?>(null);
        var key = index.ForEmail(email);
        return database.Users.SingleOrDefaultAsync(login => login.EmailIndex == key, ct);
    }

    /// <summary>Whether this person signs in with this address, and has proved it.</summary>
    public async Task<bool> IsOwnAsync(Guid? loginId, string email, CancellationToken ct) =>
        await FindAsync(email, ct) is { EmailConfirmed: true } login && login.Id == loginId;

    /// <summary>The address as it was given, for who signs in with it, whose wish that is also while processing is restricted;
    /// null when it was erased.</summary>
    public async Task<string?> AddressOfAsync(Login login, CancellationToken ct) =>
        (await vault.OpenAsync(login.SealedEmail, RestrictionException.ConsentOfThePerson, ct)
            as Opened<SignInAddress>.Clear)?.Value.Email;

    /// <summary>Those of these that there are.</summary>
    public async Task<IReadOnlyList<Login>> OfAsync(IEnumerable<Guid> ids, CancellationToken ct)
    {
        var wanted = ids.ToArray();
        return await database.Users.AsNoTracking().Where(login => wanted.Contains(login.Id)).ToListAsync(ct);
    }

    /// <summary>The addresses of several, shown to somebody; of those who have one that may be shown.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> AddressesAsync(
        IEnumerable<Login> logins, Opening opening, CancellationToken ct)
    {
        var addresses = new Dictionary<Guid, string>();
        foreach (var login in logins)
        {
            if (await opening.OpenAsync(login.SealedEmail, ct) is Opened<SignInAddress>.Clear(var address))
                addresses.Add(login.Id, address.Email);
        }

        return addresses;
    }

    /// <summary>Makes a login. Fails if the address has one: <see cref="DbUpdateException"/> for who lost a race.</summary>
    public async Task<(Login Login, IdentityResult Result)> CreateAsync(
        string email, string password, bool verified, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var address = await vault.SealAsync(id, new SignInAddress(email), ct);
        var login = new Login(id, index.ForEmail(email), address, now) { EmailConfirmed = verified };
        return (login, await users.CreateAsync(login, password));
    }
}
