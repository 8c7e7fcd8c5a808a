using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Policy.Reviews;

/// <summary>A day passed by which something was to be reviewed: seen by all who look at the coverage or the record.</summary>
internal sealed partial class WatchReview(Writer writer, TimeProvider time, ILogger<WatchReview> logger) : IDeadlineHandler
{
    public const string Kind = "watch-review";

    internal static Decision Decide(ReviewLog? log, string subject, DateTimeOffset now) =>
        log?.Of(subject) is { Overdue: false } one && Due(one.ReviewBy) <= now
            ? Decision.Of(new ReviewOverdue(subject, one.ReviewBy, now))
            : Decision.Nothing;

    /// <summary>The day itself is not late.</summary>
    private static DateTimeOffset Due(DateOnly reviewBy) =>
        new(reviewBy.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    public static IEnumerable<DeadlineChange> DeadlinesOf(object e) => e switch
    {
        ReviewPlanned x => [new DeadlineChange.Set(Kind, Due(x.ReviewBy), x.Subject)],
        ControlReviewed x => [new DeadlineChange.Set(Kind, Due(x.ReviewBy), x.Subject)],
        ReviewOverdue x => [new DeadlineChange.Clear(Kind, x.Subject)],
        _ => [],
    };

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var decided = await writer.ChangeAsync<ReviewLog>(
            ReviewLog.StreamId, $"privacy/{Kind}", log => Decide(log, deadline.Argument, time.GetUtcNow()), cancellationToken);
        if (decided.Events.Count > 0) LogOverdue(deadline.Argument);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The review of {Subject} is overdue")]
    private partial void LogOverdue(string subject);
}
