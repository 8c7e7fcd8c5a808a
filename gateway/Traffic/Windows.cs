using System.Collections.Concurrent;

namespace EPerfect.Gateway;

/// <summary>
/// Counts requests in windows that begin with the first of them. The framework's limiters say neither what is left nor
/// when it resets, and keep as many callers in memory as there are; here they have a bound, past which strangers share
/// a window with their neighbours.
/// </summary>
internal sealed class Windows(TimeProvider time, int most)
{
    private const string Others = "*";

    private readonly ConcurrentDictionary<(string Class, string Who), Window> windows = new();
    private readonly Lock sweeping = new();
    private int count;
    private long sweptAt = long.MinValue;

    public int Count => count;

    public Balance Take(string name, Quota quota, string who, string crowd)
    {
        var now = time.GetTimestamp();
        var window = Of((name, who), crowd, now);
        lock (window)
        {
            if (now >= window.Ends) (window.Ends, window.Used) = (now + (quota.Seconds * time.TimestampFrequency), 0);
            var allowed = window.Used < quota.Requests;
            if (allowed) window.Used++;
            return BalanceOf(name, quota, window, allowed, now);
        }
    }

    /// <summary>Whether somebody is known to have used up the quota.</summary>
    public Balance? UsedUp(string name, Quota quota, string who)
    {
        if (!windows.TryGetValue((name, who), out var window)) return null;
        var now = time.GetTimestamp();
        lock (window)
        {
            var isOver = now < window.Ends && window.Used >= quota.Requests;
            return isOver ? BalanceOf(name, quota, window, allowed: false, now) : null;
        }
    }

    private Balance BalanceOf(string name, Quota quota, Window window, bool allowed, long now) => new(
        name,
        quota,
        allowed,
        quota.Requests - window.Used,
        (int)Math.Ceiling((window.Ends - now) / (double)time.TimestampFrequency));

    private Window Of((string Class, string Who) key, string crowd, long now)
    {
        if (windows.TryGetValue(key, out var known)) return known;
        if (count >= most) Sweep(now);
        if (count >= most) return windows.GetOrAdd((key.Class, Others + crowd), _ => new Window());
        var fresh = new Window();
        var window = windows.GetOrAdd(key, fresh);
        if (ReferenceEquals(window, fresh)) Interlocked.Increment(ref count);
        return window;
    }

    /// <summary>Forgets the windows that are over; not more than once a second, however many ask.</summary>
    private void Sweep(long now)
    {
        if (!sweeping.TryEnter()) return;
        try
        {
            if (sweptAt > now - time.TimestampFrequency) return;
            sweptAt = now;
            foreach (var pair in windows)
                if (now >= pair.Value.Ends && windows.TryRemove(pair)
                    && !pair.Key.Who.StartsWith(Others, StringComparison.Ordinal))
                    Interlocked.Decrement(ref count);
        }
        finally
        {
            sweeping.Exit();
        }
    }

    private sealed class Window
    {
        public long Ends { get; set; }

        public int Used { get; set; }
    }
}
