namespace EPerfect.ServiceDefaults;

/// <summary>Each step of an erasure is due at once, until all is done or held back.</summary>
internal static class ErasureDeadlines
{
    /// <summary>A hold without an end is asked about every day.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    public static IEnumerable<DeadlineChange> Of(object e) => e switch
    {
        ErasureReceived x => [Set(x.ReceivedAt)],
        ErasureBegun x => [Set(x.BegunAt)],
        ErasureSearchPaused x => [Set(x.PausedAt)],
        ErasureSearched x => [Set(x.SearchedAt)],
        ErasureStopped x => [Set(x.RetryAt)],
        ErasureKeysDestroyed x => [Set(x.DestroyedAt)],
        ErasureSearchedAgain x => [Set(x.SearchedAt)],
        ErasureHoldEnded x => [Set(x.EndedAt)],
        PersonalDataShredded { HeldBack.Count: 0 } => [new DeadlineChange.Clear(ErasePerson.Kind)],
        PersonalDataShredded x => [Set(x.HeldBack.Min(held => held.Until ?? x.ShreddedAt + Patience))],
        _ => [],
    };

    private static DeadlineChange.Set Set(DateTimeOffset due) => new(ErasePerson.Kind, due);
}
