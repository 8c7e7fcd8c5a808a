using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.Requests.Rectification;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

internal static class ReadRequest
{
    private static Task<IResult> Handle(
        Guid accountId, Guid requestId, Reader reader, PartnerTellings tellings, CancellationToken ct) =>
        reader.OneAsync<Request>(
            requestId,
            async (request, ct) => request.Of(accountId)?.Refusal is { } refusal
                ? Problems.From(refusal)
                : Results.Ok(RequestView.Of(request, await RectificationsOfAsync(request, reader, tellings, ct))),
            ct);

    private static async Task<IReadOnlyList<RectificationView>?> RectificationsOfAsync(
        Request request, Reader reader, PartnerTellings tellings, CancellationToken ct) =>
        request.Kind == RequestKind.Rectification
            ? RectificationView.Of(
                request,
                await reader.LatestAsync<Rectifications>(Rectifications.StreamOf(request.AccountId), ct),
                await tellings.OfCorrectionsAsync(request.AccountId, ct))
            : null;

    public static void Map(RouteGroupBuilder requests) => requests.MapGet("/{requestId:guid}", Handle)
        .WithName("ReadRequest")
        .Allow(Access.Of(
            MemberRole.Owner | MemberRole.Billing | MemberRole.Technical, StaffRole.PrivacyOfficer | StaffRole.Support))
        .WithSummary("How far a request is, and until when it is to be answered.")
        .Produces<RequestView>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
