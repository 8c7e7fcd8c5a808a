using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.Requests.Rectification;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

/// <summary>The privacy officer has done what is asked for: seen to a correction, and that all who were given the old value were
/// told of it.</summary>
internal static class CompleteRequest
{
    /// <param name="request">The request.</param>
    /// <param name="rectified">Of a rectification: what was corrected since it came, and who was told.</param>
    /// <param name="now">When.</param>
    internal static Decision Decide(
        Request request, IReadOnlyList<RectificationView> rectified, DateTimeOffset now) =>
        request.DoneAt is not null ? Decision.Nothing
        : request.IsOver ? RequestRefusals.Over
        : request.StartedAt is null ? RequestRefusals.NotStarted
        : request.Kind is not (RequestKind.Rectification or RequestKind.OptOut) ? ByItself
        : request.Kind == RequestKind.OptOut ? Decision.Of(new RequestDone(now))
        : rectified.Count == 0 ? RectificationRefusals.NothingRectified
        : rectified.All(one => one.IsTold) ? Decision.Of(new RequestDone(now))
        : RectificationRefusals.NotTold;

    private static readonly Refusal ByItself = new(
        409,
        "request-completes-itself",
        "An erasure, an export or a restriction is done when every service has done its part, an objection when it is weighed.");

    private static Task<IResult> Handle(
        Guid accountId,
        Guid requestId,
        Commands commands,
        PartnerTellings tellings,
        TimeProvider time,
        CancellationToken ct) =>
        commands.ChangeAsync<Request>(
            requestId,
            async (request, work, ct) =>
            {
                if (request.Of(accountId) is { } foreign) return foreign;
                var known = await work.Session.Events.FetchLatest<Rectifications>(
                    Rectifications.StreamOf(accountId), ct);
                var rectified = RectificationView.Of(request, known, await tellings.OfCorrectionsAsync(accountId, ct));
                return Decide(request, rectified, time.GetUtcNow());
            },
            ct);

    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/completion", Handle)
        .WithName("CompleteRequest")
        .Allow(Access.Of(StaffRole.PrivacyOfficer))
        .WithSummary("Records that what was asked for is done.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
