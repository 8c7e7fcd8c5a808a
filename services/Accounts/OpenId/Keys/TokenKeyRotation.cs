using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.OpenId;

/// <summary>Has the keys before the first request, and looks after them every minute.</summary>
internal sealed class TokenKeyRotation(TokenKeys keys, TimeProvider clock, ILogger<TokenKeyRotation> logger)
    : PeriodicWork(TimeSpan.FromMinutes(1), clock, logger)
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await keys.RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task DoAsync(CancellationToken cancellationToken) => keys.RefreshAsync(cancellationToken);
}
