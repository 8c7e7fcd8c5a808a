using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Sweeping;

/// <summary>Forgets the counts of attempts at what could be guessed.</summary>
internal sealed class SweepAttempts : IRetentionSweep
{
    public Task<int> SweepAsync(RetentionRun run, CancellationToken cancellationToken) =>
        run.DeleteAsync("delete from identity.attempts where last_at < $1", cancellationToken);
}
