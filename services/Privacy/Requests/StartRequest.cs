using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

/// <summary>The privacy officer sets to work what others filed.</summary>
internal static class StartRequest
{
    /// <summary>What cannot be undone begins only when two of us have looked at it, if the person did not sign in.</summary>
    internal static Decision Decide(Request request, string actor, DateTimeOffset now) =>
        request.IsOver ? RequestRefusals.Over
        : request.StartedAt is not null ? Decision.Nothing
        : request.Verified is null ? RequestRefusals.NotVerified
        : !request.IsVerified ? RequestRefusals.MandateNotChecked
        : request.Kind == RequestKind.Erasure && request.Verified.By == actor ? RequestRefusals.SecondPerson
        : Decision.Of(new RequestStarted(now));

    private static Task<IResult> Handle(
        Guid accountId, Guid requestId, Commands commands, Caller caller, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<Request>(
            requestId,
            async (request, work, ct) => request.Of(accountId) ?? await Effects.BeginAsync(
                work, request, Decide(request, caller.Actor, time.GetUtcNow()), time.GetUtcNow(), ct),
            ct);

    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/start", Handle)
        .WithName("StartRequest")
        .Allow(Access.Of(StaffRole.PrivacyOfficer))
        .WithSummary("Sets a verified request to work.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status423Locked)
        .ProducesProblem(StatusCodes.Status428PreconditionRequired);
}
