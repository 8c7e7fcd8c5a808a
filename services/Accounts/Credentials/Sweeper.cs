using EPerfect.PersonalData;
using Microsoft.EntityFrameworkCore;

namespace EPerfect.Accounts.Credentials;

/// <summary>Forgets what nobody needs any more: attempts of yesterday, activity older than the policy keeps it, and
/// addresses that nobody proved, with the keys that sealed them.</summary>
internal sealed partial class Sweeper(IServiceScopeFactory scopes, Vault vault, TimeProvider clock, ILogger<Sweeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDatabase>();
        var now = clock.GetUtcNow();
        var (attempts, activity) = (now - Attempts.Remembered, now - Activity.Kept);
        await database.Attempts.Where(count => count.LastAt < attempts).ExecuteDeleteAsync(cancellationToken);
        await database.Activity.Where(entry => entry.At < activity).ExecuteDeleteAsync(cancellationToken);
        var expired = await database.PendingAddresses.AsNoTracking()
            .Where(pending => pending.ExpiresAt < now).ToListAsync(cancellationToken);
        foreach (var pending in expired)
        {
            // Who signed up with another link meanwhile is a person that we know, and has these keys.
            if (pending.LoginId is null && !await database.Users.AnyAsync(one => one.Id == pending.Id, cancellationToken))
            {
                await vault.ShredAsync(pending.Id, DataGroup.Identity, pending.Id, cancellationToken);
                await vault.ShredAsync(pending.Id, DataGroup.Communications, pending.Id, cancellationToken);
            }

            await database.PendingAddresses.Where(one => one.Id == pending.Id).ExecuteDeleteAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failure.GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Failure}: what is old could not be forgotten; tried again later")]
    private partial void LogFailed(string failure);
}
