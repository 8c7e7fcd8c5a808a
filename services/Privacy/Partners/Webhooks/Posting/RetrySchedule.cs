namespace EPerfect.Privacy.Partners.Webhooks.Posting;

/// <summary>When what was not accepted is posted again: soon, then ever later, for three days (Standard
/// Webhooks 1.0.0).</summary>
internal static class RetrySchedule
{
    /// <summary>Who accepts nothing for so long is not posted to any more.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Latest = TimeSpan.FromHours(24);

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), Latest,
    ];

    /// <param name="failures">How often it had failed before this time.</param>
    /// <param name="failingFor">Since the first of them.</param>
    /// <param name="asked">How long the receiver asks to wait.</param>
    /// <param name="jitter">From 0 to 1: those who failed together do not come back together.</param>
    /// <returns>How long to wait; null: not any more.</returns>
    public static TimeSpan? Next(int failures, TimeSpan failingFor, TimeSpan? asked, double jitter)
    {
        if (failingFor >= Patience) return null;
        var pause = asked is { } wanted
            ? TimeSpan.FromTicks(Math.Clamp(wanted.Ticks, Soonest.Ticks, Latest.Ticks))
            : Pauses[Math.Min(failures, Pauses.Length - 1)] * (1 + (0.2 * jitter));
        // The last time is when the three days are over.
        var left = Patience - failingFor;
        return pause < left ? pause : left;
    }
}
