using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

internal static class ReadRequest
{
    private static Task<IResult> Handle(Guid accountId, Guid requestId, Reader reader, CancellationToken ct) =>
        reader.OneAsync<Request>(
            requestId,
            (request, _) => Task.FromResult(request.Of(accountId)?.Refusal is { } refusal
                ? Problems.From(refusal)
                : Results.Ok(RequestView.Of(request))),
            ct);

    public static void Map(RouteGroupBuilder requests) => requests.MapGet("/{requestId:guid}", Handle)
        .WithName("ReadRequest")
        .Allow(Access.Of(
            MemberRole.Owner | MemberRole.Billing | MemberRole.Technical, StaffRole.PrivacyOfficer | StaffRole.Support))
        .WithSummary("How far a request is, and until when it is to be answered.")
        .Produces<RequestView>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
