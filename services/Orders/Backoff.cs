namespace EPerfect.Orders;

/// <summary>When to ask again: after 250 ms, then twice as long each time, up to a longest delay.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan UsualLongest = TimeSpan.FromMinutes(5);

    /// <param name="attempt">How many tries were in vain, the present one included.</param>
    /// <param name="now">The time of the failure.</param>
    /// <param name="longest">The longest delay; five minutes if not given.</param>
    public static DateTimeOffset RetryAt(int attempt, DateTimeOffset now, TimeSpan? longest = null)
    {
        var delay = First * Math.Pow(2, Math.Clamp(attempt - 1, 0, 20));
        var most = longest ?? UsualLongest;
        return now + (delay < most ? delay : most);
    }
}
