using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Sweeping;

/// <summary>Forgets ended sessions whose cookie would have ended by itself.</summary>
internal sealed class SweepEndedSessions : IRetentionSweep
{
    public Task<int> SweepAsync(RetentionRun run, CancellationToken cancellationToken) =>
        run.DeleteAsync("delete from identity.ended_sessions where forgotten_at < $1", cancellationToken);
}
