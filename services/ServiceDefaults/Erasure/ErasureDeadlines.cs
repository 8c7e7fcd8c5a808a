namespace EPerfect.ServiceDefaults;

/// <summary>Each step of an erasure is due at once, until all is done or held back.</summary>
internal static class ErasureDeadlines
{
    /// <summary>A hold without an end is asked about every day; and what should have come by now.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>Every epoch may begin ten minutes late.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromHours(1);

    public static IEnumerable<DeadlineChange> Of(object e) => e switch
    {
        ErasureReceived x => [Set(x.ReceivedAt)],
        ErasureBegun x => [Set(x.BegunAt)],
        ErasureSearchPaused x => [Set(x.PausedAt)],
        ErasureSearched x => [Set(x.SearchedAt)],
        ErasureStopped x => [Set(x.RetryAt)],
        ErasurePlaceAccepted x => [Set(x.AcceptedAt)],
        ErasureKeysDestroyed x => [Set(x.DestroyedAt)],
        ErasureSearchedAgain x => [Set(x.SearchedAt)],
        ErasureHoldEnded x => [Set(x.EndedAt)],
        PersonalDataShredded x => [NextLook(x, x.ShreddedAt) is { } due ? Set(due) : new DeadlineChange.Clear(ErasePerson.Kind)],
        ErasureUnchanged x => [Set(x.LookAgainAt)],
        _ => [],
    };

    /// <summary>When something may have changed; null when all is over.</summary>
    internal static DateTimeOffset? NextLook(PersonalDataShredded proven, DateTimeOffset now)
    {
        var ends = proven.HeldBack.Select(held => held.Until ?? now + Patience);
        if (proven.UnreadableInCopies) return ends.Cast<DateTimeOffset?>().Min();
        var copies = proven.UnreadableInCopiesFrom + Lateness;
        return ends.Append(copies > now ? copies.Value : now + Patience).Min();
    }

    private static DeadlineChange.Set Set(DateTimeOffset due) => new(ErasePerson.Kind, due);
}
