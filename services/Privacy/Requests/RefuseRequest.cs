using EPerfect.Privacy.Requests.Exports;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

internal sealed record RefuseRequestRequest(string Ground);

/// <summary>Not carried out, with the ground. What has begun to be erased cannot be refused any more.</summary>
internal static class RefuseRequest
{
    internal static Decision Decide(Request request, string ground, DateTimeOffset now) =>
        !Grounds.All.Contains(ground) ? RequestRefusals.UnknownGround
        : request.IsOver || (request.Kind == RequestKind.Erasure && request.StartedAt is not null) ? RequestRefusals.Over
        : request is { Kind: RequestKind.Restriction or RequestKind.Objection, StartedAt: not null } ? RequestRefusals.HasBegun
        : Decision.Of(new RequestRefused(ground, now));

    private static Task<IResult> Handle(
        Guid accountId,
        Guid requestId,
        RefuseRequestRequest body,
        Commands commands,
        TimeProvider time,
        CancellationToken ct) =>
        commands.ChangeAsync<Request>(
            requestId,
            async (request, work, ct) =>
            {
                if (request.Of(accountId) is { } foreign) return foreign;
                var now = time.GetUtcNow();
                var decided = Decide(request, body.Ground, now);
                if (decided.Events.Count > 0) await CallOffExport.OfAsync(work, request, now, ct);
                return decided;
            },
            ct);

    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/refusal", Handle)
        .WithName("RefuseRequest")
        .Allow(Access.Of(StaffRole.PrivacyOfficer))
        .WithSummary("Refuses a request, with the ground.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
