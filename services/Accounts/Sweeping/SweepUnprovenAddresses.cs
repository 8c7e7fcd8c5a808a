using EPerfect.Accounts.Credentials;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace EPerfect.Accounts.Sweeping;

/// <summary>Forgets addresses that nobody proved, with the keys that sealed them.</summary>
internal sealed class SweepUnprovenAddresses(IdentityDatabase database, Vault vault) : IRetentionSweep
{
    public async Task<int> SweepAsync(RetentionRun run, CancellationToken cancellationToken)
    {
        // The period is the link's, which a new mail makes longer.
        var expired = await database.PendingAddresses.AsNoTracking()
            .Where(pending => pending.ExpiresAt < run.Now && pending.MovedFrom == null).ToListAsync(cancellationToken);
        foreach (var pending in expired)
        {
            // Who signed up with another link meanwhile is a person that we know, and has these keys.
            if (pending.LoginId is not null || await database.Users.AnyAsync(one => one.Id == pending.Id, cancellationToken))
                continue;
            await vault.ShredAsync(pending.Id, DataGroup.Identity, pending.Id, cancellationToken);
            await vault.ShredAsync(pending.Id, DataGroup.Communications, pending.Id, cancellationToken);
        }

        return await RowsAsync(run, expired, cancellationToken);
    }

    /// <summary>Only those whose keys are gone, and not one that was renewed meanwhile.</summary>
    private static Task<int> RowsAsync(
        RetentionRun run, IReadOnlyList<PendingAddress> expired, CancellationToken cancellationToken) =>
        run.DeleteAsync(
            """delete from identity.pending_addresses where "ExpiresAt" < $2 and "MovedFrom" is null and "Id" = any($1)""",
            [expired.Select(one => one.Id).ToArray(), run.Now.ToUniversalTime()],
            cancellationToken);
}
