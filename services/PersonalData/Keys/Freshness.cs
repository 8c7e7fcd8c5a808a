namespace EPerfect.PersonalData;

/// <summary>
/// Sees to it that no answer rests on a cache older than <see cref="Bound"/>, at the cost of one small read per
/// second.
/// </summary>
internal sealed class Freshness(KeyStore store, KeyCache cache, TimeProvider time)
{
    /// <summary>How long a key that another process destroyed or restricted may still be used here.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Task reading = Task.CompletedTask;
    private long? readAt;

    /// <summary>Whether the cache may be used as it is.</summary>
    public bool IsKept => KnownAt(time.GetTimestamp());

    public async Task EnsureAsync(CancellationToken ct)
    {
        var asked = time.GetTimestamp();
        while (!KnownAt(asked))
        {
            await Read().WaitAsync(ct);
        }
    }

    private bool KnownAt(long asked)
    {
        lock (gate)
        {
            return readAt is { } at && time.GetElapsedTime(at, asked) < Bound;
        }
    }

    // All who wait share one read, so that a slow store is not asked a thousand times.
    private Task Read()
    {
        lock (gate)
        {
            return reading.IsCompleted ? reading = ReadOnceAsync() : reading;
        }
    }

    private async Task ReadOnceAsync()
    {
        var started = time.GetTimestamp();
        cache.MoveTo(await store.GenerationAsync(CancellationToken.None));
        lock (gate)
        {
            readAt = started;
        }
    }
}
