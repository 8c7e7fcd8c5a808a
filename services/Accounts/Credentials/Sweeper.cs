using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace EPerfect.Accounts.Credentials;

/// <summary>Forgets what nobody needs any more: attempts of yesterday, activity older than the policy keeps it, and
/// addresses that nobody proved, with the keys that sealed them. Catches up with moves that were not followed.</summary>
internal sealed class Sweeper(IServiceScopeFactory scopes, Vault vault, TimeProvider clock, ILogger<Sweeper> logger)
    : PeriodicWork(TimeSpan.FromMinutes(15), clock, logger)
{
    protected override Task DoAsync(CancellationToken cancellationToken) => SweepAsync(cancellationToken);

    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDatabase>();
        var now = Clock.GetUtcNow();
        var (attempts, activity) = (now - Attempts.Remembered, Activity.Retention.BeginOfThoseThatEnd(now));
        await database.Attempts.Where(count => count.LastAt < attempts).ExecuteDeleteAsync(cancellationToken);
        await database.Activity.Where(entry => entry.At < activity).ExecuteDeleteAsync(cancellationToken);
        await database.EndedSessions.Where(session => session.ForgottenAt < now).ExecuteDeleteAsync(cancellationToken);
        var expired = await database.PendingAddresses.AsNoTracking()
            .Where(pending => pending.ExpiresAt < now && pending.MovedFrom == null).ToListAsync(cancellationToken);
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

        await scope.ServiceProvider.GetRequiredService<FollowSignIn>().FollowAllAsync(cancellationToken);
    }
}
