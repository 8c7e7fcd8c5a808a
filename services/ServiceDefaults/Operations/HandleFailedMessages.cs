using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EPerfect.ServiceDefaults;

/// <param name="Queue">The queue that they had come by.</param>
/// <param name="Failure">Those that failed by this; left out, all.</param>
/// <param name="MessageId">This one; left out, all.</param>
/// <param name="Reason">A reference, such as <c>alert:poisoned-messages</c>.</param>
public sealed record MoveMessagesRequest(string Queue, string Reason, string? Failure = null, Guid? MessageId = null);

/// <summary>Messages that kept failing.</summary>
/// <param name="Messages">What is known of each.</param>
/// <param name="More">There are more than were told.</param>
public sealed record FailedMessagesView(IReadOnlyList<FailedMessage> Messages, bool More);

/// <param name="Count">How many went there.</param>
public sealed record MovedMessages(int Count);

/// <summary>An operator looks at messages that kept failing, gives them back, or puts them out of the way. The order is an
/// event first. It is carried out also when it is repeated: what has gone there by then is not found any more.</summary>
internal static class HandleFailedMessages
{
    private const int MostTold = 500;
    private const int LongestFailure = 300;

    public static void Map(RouteGroupBuilder operations)
    {
        operations.MapGet("/failed-messages", (HttpContext http, CancellationToken ct) => ReadAsync(http, archived: false, ct));
        operations.MapGet("/archived-messages", (HttpContext http, CancellationToken ct) => ReadAsync(http, archived: true, ct));
        operations.MapPost("/failed-messages/replay", Move("queue", (messages, queue, which, ct) =>
            messages.ReplayAsync(queue, which, ct)));
        operations.MapPost("/failed-messages/archive", Move("archive", (messages, queue, which, ct) =>
            messages.ArchiveAsync(queue, which, ct)));
        operations.MapPost("/archived-messages/fetch-back", Move("error-queue", (messages, queue, which, ct) =>
            messages.FetchBackAsync(queue, which, ct)));
    }

    private static async Task<FailedMessagesView> ReadAsync(HttpContext http, bool archived, CancellationToken ct)
    {
        // A service that runs without a broker on purpose has none.
        if (MessagesOf(http) is not { } messages) return new([], More: false);
        var found = await messages.LookAsync(archived, MostTold + 1, ct);
        return new([.. found.Take(MostTold)], found.Count > MostTold);
    }

    private static Delegate Move(
        string to, Func<FailedMessages, Subscribed, WhichMessages, CancellationToken, Task<int>> move) =>
        async (MoveMessagesRequest request, HttpContext http, Commands commands, TimeProvider clock, CancellationToken ct) =>
        {
            if (!OperatorReason.IsWellFormed(request.Reason)) return Problems.From(OperatorReason.Malformed);
            if (MessagesOf(http) is not { } messages || messages.Find(request.Queue) is not { } queue)
                return Problems.From(Refusals.NotFound("queue"));
            if (request.Failure is { } failure && !IsTypeName(failure)) return Problems.From(Refusals.NotFound("failure"));
            var ordered = new FailedMessagesMoved(
                queue.Queue, to, request.Failure, request.MessageId?.ToString("D"), request.Reason, clock.GetUtcNow());
            var stored = await commands.ChangeOrStartAsync<OperatorActions>(
                OperatorActions.StreamOf(queue.Queue), _ => Decision.Of(ordered), ct);
            // Refused: under this key something else was asked for.
            if (stored is not AnswerResult) return stored;
            return Results.Ok(new MovedMessages(await move(messages, queue, new(request.Failure, request.MessageId), ct)));
        };

    private static FailedMessages? MessagesOf(HttpContext http) => http.RequestServices.GetService(typeof(FailedMessages))
        as FailedMessages;

    /// <summary>What is stored for ever must not hold what somebody typed.</summary>
    private static bool IsTypeName(string text) => text.Length is > 0 and <= LongestFailure
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '+' or '`' or '[' or ']' or ',');
}
