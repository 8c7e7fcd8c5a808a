using EPerfect.Operations.Asking;
using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Messages;

/// <summary>Gives messages that kept failing to their queue again, puts them out of the way, or fetches them back from
/// there. The service whose queue it is does it, and records who ordered it.</summary>
internal static class MoveFailedMessages
{
    public const string Replay = "failed-messages/replay";
    public const string Archive = "failed-messages/archive";
    public const string FetchBack = "archived-messages/fetch-back";

    public static void Map(RouteGroupBuilder operations)
    {
        Map(operations, Replay, "ReplayFailedMessages",
            "Gives messages to their queue again, under their old ids: one that had its effect does not have it twice.");
        Map(operations, Archive, "ArchiveFailedMessages",
            "Puts messages out of the way, where no alarm counts them. They can be fetched back for 90 days after they failed.");
        Map(operations, FetchBack, "FetchBackArchivedMessages",
            "Puts archived messages into the error queue again.");
    }

    /// <returns>Null if there is no such queue.</returns>
    public static async Task<Outcome?> MoveAsync(
        AskServices services, string what, MoveMessagesRequest request, CancellationToken ct)
    {
        // A queue's name begins with its service's.
        var service = request.Queue.Split('.')[0];
        return services.All.Contains(service, StringComparer.Ordinal)
            ? await services.PostAsync(service, $"/operations/{what}", request, ct)
            : null;
    }

    private static void Map(RouteGroupBuilder operations, string what, string name, string summary) => operations
        .MapPost($"/{what}", async (MoveMessagesRequest request, AskServices services, CancellationToken ct) =>
            (await MoveAsync(services, what, request, ct))?.ToResult() ?? Problems.From(Refusals.NotFound("queue")))
        .WithName(name)
        .WithSummary(summary)
        .Produces<MovedMessages>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
