using System.Diagnostics;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// How often somebody looks whether there is something to do, which costs the same for one as for many. After each look the pause
/// of a few: so looks are frequent where little is done, and where the processor is what all wait for they are rare, and what
/// comes meanwhile is gathered.
/// </summary>
internal sealed class Pace
{
    private const int LooksLong = 4;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);
    private long? begun;

    /// <summary>A look begins.</summary>
    public void Look() => begun = Stopwatch.GetTimestamp();

    /// <summary>It has ended.</summary>
    /// <param name="cancellationToken">Ends the pause.</param>
    public Task PauseAsync(CancellationToken cancellationToken)
    {
        var look = begun is { } then ? Stopwatch.GetElapsedTime(then) : TimeSpan.Zero;
        return Task.Delay(look * LooksLong < LongestPause ? look * LooksLong : LongestPause, cancellationToken);
    }
}
