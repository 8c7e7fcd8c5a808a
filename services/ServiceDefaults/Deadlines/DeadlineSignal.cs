namespace EPerfect.ServiceDefaults;

/// <summary>Wakes the runner of this process when something was committed that is due, so that it waits for no
/// poll.</summary>
public sealed class DeadlineSignal : IDisposable
{
    private readonly SemaphoreSlim raised = new(0, 1);

    /// <summary>Something is due.</summary>
    public void Raise()
    {
        if (raised.CurrentCount > 0) return;
        try
        {
            raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // Raised by another at the same moment: one wake-up is enough for both.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => raised.Dispose();

    internal Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        raised.WaitAsync(atMost, cancellationToken);
}
