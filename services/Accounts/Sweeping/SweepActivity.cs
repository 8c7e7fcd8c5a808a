using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Sweeping;

/// <summary>Forgets what happened to logins longer ago than the policy keeps it, with the devices' addresses.</summary>
internal sealed class SweepActivity : IRetentionSweep
{
    public Task<int> SweepAsync(RetentionRun run, CancellationToken cancellationToken) =>
        run.DeleteAsync("""delete from identity.activity where "At" < $1""", cancellationToken);
}
