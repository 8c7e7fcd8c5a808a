using System.Text;
using EPerfect.PersonalData;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace EPerfect.Accounts.Credentials;

/// <summary>
/// Identity's store, which would keep the authenticator's key and the recovery codes as they are. Here the key rests
/// wrapped, and a recovery code as its blind index: good for comparing, and no one reads it back.
/// </summary>
internal sealed class LoginStore(
    IdentityDatabase database, Wrapping wrapping, BlindIndex index, IdentityErrorDescriber? describer = null)
    : UserOnlyStore<Login, IdentityDatabase, Guid>(database, describer)
{
    public override async Task SetTokenAsync(
        Login user, string loginProvider, string name, string? value, CancellationToken cancellationToken)
    {
        var wrapped = value is null
            ? null
            : await wrapping.WrapAsync(Place(user, name), Encoding.UTF8.GetBytes(value), cancellationToken);
        await base.SetTokenAsync(user, loginProvider, name, wrapped, cancellationToken);
    }

    public override async Task<string?> GetTokenAsync(
        Login user, string loginProvider, string name, CancellationToken cancellationToken) =>
        await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { } wrapped
            ? Encoding.UTF8.GetString(await wrapping.UnwrapAsync(Place(user, name), wrapped, cancellationToken))
            : null;

    public override Task ReplaceCodesAsync(
        Login user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        base.ReplaceCodesAsync(user, recoveryCodes.Select(code => Hash(user, code)), cancellationToken);

    /// <summary>The codes that are left are hashed already. Two who redeem one code at once: the second's save fails,
    /// for the login changed in between.</summary>
    public override async Task<bool> RedeemCodeAsync(Login user, string code, CancellationToken cancellationToken)
    {
        var left = (await GetTokenAsync(user, Provider, CodesName, cancellationToken) ?? "").Split(';');
        var hash = Hash(user, code);
        if (!left.Contains(hash)) return false;
        await base.ReplaceCodesAsync(user, left.Where(one => one != hash), cancellationToken);
        return true;
    }

    // The names that UserStoreBase keeps them under.
    private const string Provider = "[AspNetUserStore]";
    private const string CodesName = "RecoveryCodes";

    private string Hash(Login user, string code) => index.Compute("recovery-code", $"{user.Id:N} {code}");

    private static string Place(Login user, string name) => $"login-token|{user.Id:N}|{name}";
}
