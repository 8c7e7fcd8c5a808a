namespace EPerfect.Accounts.Pages;

/// <summary>Answers at fixed moments only, so that how long it took does not tell what was found.</summary>
internal sealed class SameTime(TimeProvider clock)
{
    /// <summary>Longer than what is hidden takes: a hashed password, a mail that is asked for. Where that takes longer all
    /// the same, on a busy day, the answer waits for the next multiple.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    public async Task<T> TakeAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var result = await work();
        var end = Step * Math.Ceiling(clock.GetElapsedTime(started) / Step);
        // A timer counts whole milliseconds, and may be a tick early.
        for (var left = Left(); left > TimeSpan.Zero; left = Left())
            await Task.Delay(left + TimeSpan.FromMilliseconds(1), clock, cancellationToken);
        return result;

        TimeSpan Left() => end - clock.GetElapsedTime(started);
    }
}
