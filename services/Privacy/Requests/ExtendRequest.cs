using EPerfect.Privacy.Requests.Clocks;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

internal sealed record ExtendRequestRequest(string Reason);

/// <summary>Takes longer, once, as far as the law allows. The person is told by the same answer that shows it.</summary>
internal static class ExtendRequest
{
    internal static Decision Decide(Request request, string reason, Clock? clock, DateTimeOffset now) =>
        request.IsOver ? RequestRefusals.Over
        : !ExtensionReasons.All.Contains(reason) ? RequestRefusals.UnknownReason
        : request.Extended is not null || clock?.ExtendedTo(request.Kind, request.ReceivedAt) is not { } until
            ? RequestRefusals.NoExtension
        : now >= request.AnswerBy ? RequestRefusals.ExtensionTooLate
        : Decision.Of(new RequestExtended(reason, until, now));

    private static Task<IResult> Handle(
        Guid accountId,
        Guid requestId,
        ExtendRequestRequest body,
        Commands commands,
        ShippedClocks clocks,
        TimeProvider time,
        CancellationToken ct) =>
        commands.ChangeAsync<Request>(
            requestId,
            request => request.Of(accountId)
                ?? Decide(request, body.Reason, clocks.Find(request.Regime), time.GetUtcNow()),
            ct);

    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/extension", Handle)
        .WithName("ExtendRequest")
        .Allow(Access.Of(StaffRole.PrivacyOfficer))
        .WithSummary("Takes the longer term that the law allows, with the reason.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
