namespace EPerfect.Accounts.Pages;

/// <summary>Answers no sooner than after a fixed time, so that how long it took does not tell what was found.</summary>
internal sealed class SameTime(TimeProvider clock)
{
    /// <summary>Longer than what is hidden takes: a hashed password, a mail that is asked for.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMilliseconds(500);

    public async Task<T> TakeAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var result = await work();
        var left = Least - clock.GetElapsedTime(started);
        if (left > TimeSpan.Zero) await Task.Delay(left, clock, cancellationToken);
        return result;
    }
}
