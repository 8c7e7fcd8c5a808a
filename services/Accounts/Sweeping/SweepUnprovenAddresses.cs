using EPerfect.Accounts.Credentials;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace EPerfect.Accounts.Sweeping;

/// <summary>Forgets addresses that nobody proved, with the keys that sealed them. What a legal hold keeps stays, and is looked at
/// again.</summary>
internal sealed class SweepUnprovenAddresses(IdentityDatabase database, Vault vault) : IRetentionSweep
{
    private static readonly DataGroup[] Groups = [DataGroup.Identity, DataGroup.Communications];

    public async Task<int> SweepAsync(RetentionRun run, CancellationToken cancellationToken)
    {
        // The period is the link's, which a new mail makes longer.
        var expired = await database.PendingAddresses.AsNoTracking()
            .Where(pending => pending.ExpiresAt < run.Now && pending.MovedFrom == null).ToListAsync(cancellationToken);
        var gone = new List<PendingAddress>();
        foreach (var pending in expired)
        {
            // Who signed up with another link meanwhile is a person that we know, and has these keys.
            if (pending.LoginId is not null
                || await database.Users.AnyAsync(one => one.Id == pending.Id, cancellationToken)
                || await IsShreddedAsync(pending.Id, cancellationToken))
            {
                gone.Add(pending);
            }
        }

        return await RowsAsync(run, gone, cancellationToken);
    }

    private async Task<bool> IsShreddedAsync(Guid id, CancellationToken cancellationToken)
    {
        foreach (var group in Groups)
        {
            if (await vault.ShredAsync(id, group, id, cancellationToken) is Shredding.Held) return false;
        }

        return true;
    }

    /// <summary>Only those whose keys are gone, and not one that was renewed meanwhile.</summary>
    private static Task<int> RowsAsync(
        RetentionRun run, IReadOnlyList<PendingAddress> gone, CancellationToken cancellationToken) =>
        run.DeleteAsync(
            """delete from identity.pending_addresses where "ExpiresAt" < $2 and "MovedFrom" is null and "Id" = any($1)""",
            [gone.Select(one => one.Id).ToArray(), run.Now.ToUniversalTime()],
            cancellationToken);
}
