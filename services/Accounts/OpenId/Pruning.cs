using EPerfect.Accounts.Credentials;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace EPerfect.Accounts.OpenId;

/// <summary>
/// Deletes tokens and authorizations that say nothing any more: OpenIddict never does by itself. What a sign-in gave
/// stays as long as its refresh tokens could, so that a stolen one is known again.
/// </summary>
internal sealed partial class Pruning(IServiceScopeFactory scopes, TimeProvider time, ILogger<Pruning> logger) : BackgroundService
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan AccessTokensKept = TimeSpan.FromDays(1);
    private static readonly TimeSpan AllKept = TimeSpan.FromDays(31);

    internal async Task PruneAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var now = time.GetUtcNow();
        // Most rows are these, one every ten minutes for who is signed in, and they carry their end in themselves.
        var over = (now - AccessTokensKept).UtcDateTime;
        await services.GetRequiredService<IdentityDatabase>().Tokens
            .Where(token => token.Type == TokenTypeIdentifiers.AccessToken && token.ExpirationDate < over)
            .ExecuteDeleteAsync(ct);
        await services.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(now - AllKept, ct);
        await services.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(now - AllKept, ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(First, time, stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await PruneAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old tokens could not be deleted; tried again in an hour")]
    private partial void LogFailed(Exception failure);
}
