using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>Takes away messages that kept failing and that nobody gave back. Without a broker there are none.</summary>
internal sealed class SweepErrorQueues(ErrorQueues? errors = null) : IRetentionSweep
{
    public static readonly Retention Rule = new(
        "failed-messages", RetentionTrigger.EntryWritten, "P90D", "what was not mended by then is not given back any more");

    public Task<int> SweepAsync(RetentionRun run, CancellationToken cancellationToken) =>
        errors?.ForgetAsync(run.Before, cancellationToken) ?? Task.FromResult(0);
}
