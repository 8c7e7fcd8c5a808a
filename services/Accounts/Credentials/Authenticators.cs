using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace EPerfect.Accounts.Credentials;

/// <summary>A second factor beside the password: an authenticator app, with recovery codes for the day it is
/// lost.</summary>
internal sealed class Authenticators(UserManager<Login> users, IdentityDatabase database, TimeProvider clock)
{
    public const int RecoveryCodes = 10;

    // Where Identity looks for it.
    private const string Provider = "[AspNetUserStore]";
    private const string KeyName = "AuthenticatorKey";
    private const string CodesName = "RecoveryCodes";

    /// <summary>Whoever has any factor beside the password is asked for one.</summary>
    public async Task<bool> HasAnyAsync(Login login) => login.TwoFactorEnabled || (await users.GetPasskeysAsync(login)).Count > 0;

    /// <summary>The app that knows the secret becomes the login's, once it has shown that it does.</summary>
    /// <returns>Whether the code was the secret's.</returns>
    public async Task<bool> AddAsync(Login login, string secret, string code)
    {
        if (TimeCodes.StepOf(secret, code, lastStep: null, clock.GetUtcNow()) is not { } step) return false;
        login.LastCodeStep = step;
        (await users.SetAuthenticationTokenAsync(login, Provider, KeyName, secret)).Demand();
        (await users.SetTwoFactorEnabledAsync(login, enabled: true)).Demand();
        return true;
    }

    public async Task RemoveAsync(Login login)
    {
        (await users.RemoveAuthenticationTokenAsync(login, Provider, KeyName)).Demand();
        (await users.SetTwoFactorEnabledAsync(login, enabled: false)).Demand();
    }

    /// <summary>Whether the app shows this code now. A code counts once, also for two who send it at the same
    /// moment.</summary>
    public async Task<bool> TakeCodeAsync(Login login, string code, CancellationToken cancellationToken)
    {
        if (!login.TwoFactorEnabled || await users.GetAuthenticatorKeyAsync(login) is not { } secret) return false;
        if (TimeCodes.StepOf(secret, code, login.LastCodeStep, clock.GetUtcNow()) is not { } step) return false;
        login.LastCodeStep = step;
        return await database.Users
            .Where(one => one.Id == login.Id && (one.LastCodeStep == null || one.LastCodeStep < step))
            .ExecuteUpdateAsync(one => one.SetProperty(each => each.LastCodeStep, step), cancellationToken) == 1;
    }

    public async Task<bool> TakeRecoveryCodeAsync(Login login, string code) =>
        (await users.RedeemTwoFactorRecoveryCodeAsync(login, code.Trim().ToUpperInvariant())).Succeeded;

    /// <summary>New codes; the old ones are good no more. Whoever calls shows them, once.</summary>
    public async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(Login login) =>
        [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(login, RecoveryCodes) ?? throw new OvertakenException()];

    public async Task ForgetRecoveryCodesAsync(Login login) =>
        (await users.RemoveAuthenticationTokenAsync(login, Provider, CodesName)).Demand();

    public Task<int> CountRecoveryCodesAsync(Login login) => users.CountRecoveryCodesAsync(login);
}
