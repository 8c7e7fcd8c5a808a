using System.Diagnostics.Metrics;
using EPerfect.Accounts.Credentials;
using EPerfect.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace EPerfect.Accounts.OpenId;

/// <summary>
/// Deletes tokens and authorizations that say nothing any more: OpenIddict never does by itself. What a sign-in gave
/// stays as long as its refresh tokens could, so that a stolen one is known again.
/// </summary>
internal sealed class Pruning(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Pruning> logger)
    : PeriodicWork(TimeSpan.FromHours(1), clock, logger)
{
    private static readonly Counter<long> Pruned = Telemetry.Meter.CreateCounter<long>(
        "identity.pruned", description: "Tokens and authorizations that were deleted because they say nothing any more");

    private static readonly TimeSpan AccessTokensKept = TimeSpan.FromDays(1);
    private static readonly TimeSpan AllKept = TimeSpan.FromDays(31);

    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var now = Clock.GetUtcNow();
        // Most rows are these, one every ten minutes for who is signed in, and they carry their end in themselves.
        var over = (now - AccessTokensKept).UtcDateTime;
        Pruned.Add(await services.GetRequiredService<IdentityDatabase>().Tokens
            .Where(token => token.Type == TokenTypeIdentifiers.AccessToken && token.ExpirationDate < over)
            .ExecuteDeleteAsync(cancellationToken));
        Pruned.Add(await services.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(now - AllKept, cancellationToken));
        Pruned.Add(
            await services.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(now - AllKept, cancellationToken));
    }
}
