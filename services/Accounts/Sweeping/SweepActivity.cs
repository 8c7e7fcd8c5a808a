using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Sweeping;

/// <summary>Forgets what happened to logins longer ago than the policy keeps it, with the devices' addresses; but of nobody
/// whose logs a legal hold keeps, or who has had their processing restricted.</summary>
internal sealed class SweepActivity(Vault vault) : IRetentionSweep
{
    public async Task<int> SweepAsync(RetentionRun run, CancellationToken cancellationToken)
    {
        var kept = await vault.KeptAsync(DataGroup.Logs, cancellationToken);
        return await run.DeleteAsync(
            """delete from identity.activity where "At" < $1 and not "LoginId" = any($2)""",
            [run.Before.ToUniversalTime(), kept.ToArray()],
            cancellationToken);
    }
}
