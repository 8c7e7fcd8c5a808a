using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

/// <summary>A clock ran out before what it counts down to was done: seen by all who look at the list.</summary>
internal sealed partial class WatchClock(Writer writer, TimeProvider time, ILogger<WatchClock> logger) : IDeadlineHandler
{
    public const string Kind = "watch-clock";
    public const string Acknowledgement = "acknowledgement";
    public const string Answer = "answer";

    internal static Decision Decide(Request? request, string clock, DateTimeOffset wasDue, DateTimeOffset now) =>
        request is null or { IsOver: true }
        || (clock == Acknowledgement ? request.AcknowledgedAt is not null : request.AnswerBy > now)
            ? Decision.Nothing
            : Decision.Of(new RequestOverdue(clock, wasDue, now));

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var decided = await writer.ChangeAsync<Request>(
            deadline.StreamId,
            $"privacy/{Kind}",
            request => Decide(request, deadline.Argument, deadline.Due, time.GetUtcNow()),
            cancellationToken);
        if (decided.Events.Count > 0) LogOverdue(deadline.StreamId, deadline.Argument);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Request {RequestId} is overdue: {Clock}")]
    private partial void LogOverdue(Guid requestId, string clock);
}
