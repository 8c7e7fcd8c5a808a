namespace EPerfect.Privacy.Requests.Clocks;

/// <summary>Until when a request is to be acknowledged and answered. An instant: the end of the last day, there.</summary>
internal sealed record Clock(Regime Regime, Calendar Calendar)
{
    public DateTimeOffset? AcknowledgeBy(DateTimeOffset receivedAt) =>
        Regime.Acknowledgement is { } period ? EndOf(period, receivedAt) : null;

    public DateTimeOffset AnswerBy(RequestKind kind, DateTimeOffset receivedAt) =>
        EndOf(Regime.AnswerTo(kind), receivedAt);

    /// <summary>Counted from the receipt too: one month and two are three. Null where the law knows no extension, as for an
    /// opt-out that has a period of its own.</summary>
    public DateTimeOffset? ExtendedTo(RequestKind kind, DateTimeOffset receivedAt) =>
        Regime.Extension is { } extension && !(kind == RequestKind.OptOut && Regime.OptOut is not null)
            ? EndOf(Regime.AnswerTo(kind) + extension, receivedAt)
            : null;

    private DateTimeOffset EndOf(Period period, DateTimeOffset receivedAt)
    {
        var last = period.LastDayFrom(Calendar.DayOf(receivedAt), Calendar);
        return Calendar.EndOf(Regime.RollsForward ? Calendar.BusinessDayFrom(last) : last);
    }
}
