using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults.Tests.Sample;

/// <summary>Entries that are kept for a day, in a table of the test's.</summary>
public sealed class SweepEntries : IRetentionSweep
{
    public static readonly Retention Rule = new("entries", RetentionTrigger.EntryWritten, "P1D", "a day is enough");

    public Task<int> SweepAsync(RetentionRun run, CancellationToken cancellationToken) =>
        run.DeleteAsync("delete from store.entries where at < $1", cancellationToken);
}

/// <summary>Nothing of the samples outlives its test.</summary>
public sealed class SweepSamples : IRetentionSweep
{
    public Task<int> SweepAsync(RetentionRun run, CancellationToken cancellationToken) => Task.FromResult(0);
}

public static class Kept
{
    /// <summary>Executes the rule that the samples of this assembly declare.</summary>
    public static ServiceDefinition KeptForTheTest(this ServiceDefinition definition) =>
        definition.Retains<SweepSamples>(RetentionRules.ClosedAccount);
}
