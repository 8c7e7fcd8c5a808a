using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

/// <summary>The privacy officer has done what is asked for: seen to a correction.</summary>
internal static class CompleteRequest
{
    internal static Decision Decide(Request request, DateTimeOffset now) =>
        request.DoneAt is not null ? Decision.Nothing
        : request.IsOver ? RequestRefusals.Over
        : request.StartedAt is null ? RequestRefusals.NotStarted
        : request.Kind is not (RequestKind.Rectification or RequestKind.OptOut) ? ByItself
        : Decision.Of(new RequestDone(now));

    private static readonly Refusal ByItself = new(
        409,
        "request-completes-itself",
        "An erasure, an export or a restriction is done when every service has done its part, an objection when it is weighed.");

    private static Task<IResult> Handle(
        Guid accountId, Guid requestId, Commands commands, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<Request>(
            requestId, request => request.Of(accountId) ?? Decide(request, time.GetUtcNow()), ct);

    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/completion", Handle)
        .WithName("CompleteRequest")
        .Allow(Access.Of(StaffRole.PrivacyOfficer))
        .WithSummary("Records that what was asked for is done.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
