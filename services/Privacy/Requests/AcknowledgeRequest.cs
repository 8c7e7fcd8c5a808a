using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

/// <summary>Staff has confirmed to who wrote that the request is here.</summary>
internal static class AcknowledgeRequest
{
    internal static Decision Decide(Request request, DateTimeOffset now) =>
        request.AcknowledgedAt is not null ? Decision.Nothing
        : request.IsOver ? RequestRefusals.Over
        : Decision.Of(new RequestAcknowledged(now));

    private static Task<IResult> Handle(
        Guid accountId, Guid requestId, Commands commands, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<Request>(
            requestId, request => request.Of(accountId) ?? Decide(request, time.GetUtcNow()), ct);

    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/acknowledgement", Handle)
        .WithName("AcknowledgeRequest")
        .Allow(Access.Of(StaffRole.PrivacyOfficer | StaffRole.Support))
        .WithSummary("Records that the receipt was confirmed to who asked.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
