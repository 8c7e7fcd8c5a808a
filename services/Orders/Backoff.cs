namespace EPerfect.Orders;

/// <summary>When to ask again: after 250 ms, then twice as long each time, at most every five minutes.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <param name="attempt">How many tries were in vain, the present one included.</param>
    /// <param name="now">The time of the failure.</param>
    public static DateTimeOffset RetryAt(int attempt, DateTimeOffset now)
    {
        var delay = First * Math.Pow(2, Math.Clamp(attempt - 1, 0, 20));
        return now + (delay < Longest ? delay : Longest);
    }
}
