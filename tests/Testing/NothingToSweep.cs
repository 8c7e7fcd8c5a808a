using EPerfect.ServiceDefaults;

namespace EPerfect.Testing;

/// <summary>For a service of a test that keeps nothing: every service must say who executes the rules of what it may
/// store.</summary>
public sealed class NothingToSweep : IRetentionSweep
{
    /// <inheritdoc/>
    public Task<int> SweepAsync(RetentionRun run, CancellationToken cancellationToken) => Task.FromResult(0);
}
