using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Credentials;

/// <summary>Catches up with moves to another address that were not followed.</summary>
internal sealed class CatchUpWithMoves(
    IServiceScopeFactory scopes, TimeProvider clock, ILogger<CatchUpWithMoves> logger)
    : PeriodicWork(TimeSpan.FromMinutes(15), clock, logger)
{
    protected override Task DoAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken);

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FollowSignIn>().FollowAllAsync(cancellationToken);
    }
}
