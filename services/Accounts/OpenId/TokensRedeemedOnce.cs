using EPerfect.Accounts.Credentials;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Authorization = OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreAuthorization<System.Guid>;
using Token = OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreToken<System.Guid>;

namespace EPerfect.Accounts.OpenId;

/// <summary>
/// Of those who redeem a code at once one is first. OpenIddict takes every failure for a lost race: while the database
/// is slow all would lose, and the code stay good. Here that is an outage (503), and the client asks again.
/// </summary>
internal sealed class TokensRedeemedOnce(
    IOpenIddictTokenCache<Token> cache,
    ILogger<OpenIddictTokenManager<Token>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictTokenStore<Token> store,
    IdentityDatabase database,
    TimeProvider time) : OpenIddictTokenManager<Token>(cache, logger, options, store)
{
    /// <summary>Writes the token's row alone: OpenIddict would write those of its client and its authorization too, so
    /// that all sign-ins of a frontend wait for one row, and what was revoked meanwhile is valid again.</summary>
    public override async ValueTask<bool> TryRedeemAsync(Token token, CancellationToken cancellationToken = default)
    {
        token.Status = Statuses.Redeemed;
        token.RedemptionDate ??= time.GetUtcNow().UtcDateTime;
        token.ConcurrencyToken = Guid.CreateVersion7().ToString();
        try
        {
            await database.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            await database.Entry(token).ReloadAsync(cancellationToken);
            return false;
        }
    }

    /// <summary>A code or token that was used came again. What its first use is giving out at this moment has no row yet:
    /// without its authorization it opens nothing either.</summary>
    public override async ValueTask<long> RevokeByAuthorizationIdAsync(
        string identifier, CancellationToken cancellationToken = default)
    {
        var id = Guid.Parse(identifier);
        await database.Set<Authorization>().Where(one => one.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.Status, Statuses.Revoked), cancellationToken);
        return await base.RevokeByAuthorizationIdAsync(identifier, cancellationToken);
    }
}
