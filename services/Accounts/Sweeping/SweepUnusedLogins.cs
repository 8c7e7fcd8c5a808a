using System.Collections.Immutable;
using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Erasure;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace EPerfect.Accounts.Sweeping;

/// <summary>
/// Forgets who signed up long ago, has a part in no account and does no work for the company, and was not seen for as long
/// as activity is kept: with the login's rows and keys.
/// </summary>
internal sealed class SweepUnusedLogins(
    IdentityDatabase database, LoginsWithoutPart withoutPart, LoginErasure logins, Vault vault) : IRetentionSweep
{
    private const int Most = 100;

    public static readonly Retention Rule = new(
        "unused-login", RetentionTrigger.SignedUpOnly, "P1Y", "a login that opens nothing serves nobody");

    private static readonly DataGroup[] Groups = [DataGroup.Identity, DataGroup.Communications, DataGroup.Logs];

    public async Task<int> SweepAsync(RetentionRun run, CancellationToken cancellationToken)
    {
        var seen = Activity.Retention.BeginOfThoseThatEnd(run.Now);
        var candidates = await database.Users.AsNoTracking()
            .Where(login => login.CreatedAt < run.Before
                && !database.Activity.Any(entry => entry.LoginId == login.Id && entry.At > seen))
            .OrderBy(login => login.Id)
            .Select(login => login.Id)
            .ToListAsync(cancellationToken);
        var removed = 0;
        foreach (var chunk in candidates.Chunk(Most))
        {
            foreach (var login in await withoutPart.AmongAsync(chunk, cancellationToken))
            {
                if (await ForgetAsync(login, cancellationToken)) removed++;
            }
        }

        return removed;
    }

    /// <summary>The keys first: a row whose keys are gone is found again by the next run, keys without a row are not. What a
    /// legal hold keeps stays whole, and is looked at again.</summary>
    private async Task<bool> ForgetAsync(Guid login, CancellationToken cancellationToken)
    {
        // Before anything is ordered: what is ordered goes when its hold ends, whoever uses the login by then.
        if ((await vault.StateAsync(login, cancellationToken)).Any(state => state.Holds.Count > 0)) return false;
        foreach (var group in Groups)
        {
            if (await vault.ShredAsync(login, group, login, cancellationToken) is Shredding.Held) return false;
        }

        await logins.ForgetAsync(login, ImmutableHashSet<DataGroup>.Empty, cancellationToken);
        return true;
    }
}
