using System.Diagnostics;

namespace EPerfect.Launcher.Processes;

internal static class Poll
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks again and again until the answer is yes. False when time ran out.</summary>
    public static async Task<bool> UntilAsync(
        Func<CancellationToken, Task<bool>> ready, TimeSpan timeout, CancellationToken ct, TimeSpan? interval = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await ready(ct))
        {
            if (watch.Elapsed > timeout)
                return false;
            await Task.Delay(interval ?? Interval, ct);
        }

        return true;
    }
}
