using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

/// <summary>The law's clocks, as deadlines.</summary>
internal static class RequestDeadlines
{
    public static IEnumerable<DeadlineChange> Of(object e) => e switch
    {
        RequestFiled { AcknowledgeBy: { } soon } x => [Set(WatchClock.Acknowledgement, soon), Set(WatchClock.Answer, x.AnswerBy)],
        RequestFiled x => [Set(WatchClock.Answer, x.AnswerBy)],
        RequestAcknowledged => [Clear(WatchClock.Acknowledgement)],
        RequestExtended x => [Set(WatchClock.Answer, x.AnswerBy)],
        RequestOverdue x => [Clear(x.Clock)],
        RequestRefused or RequestDone or RequestWithdrawn => [Clear(WatchClock.Acknowledgement), Clear(WatchClock.Answer)],
        _ => [],
    };

    private static DeadlineChange.Set Set(string clock, DateTimeOffset due) => new(WatchClock.Kind, due, clock);

    private static DeadlineChange.Clear Clear(string clock) => new(WatchClock.Kind, clock);
}
