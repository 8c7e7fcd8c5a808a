using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests;

/// <param name="Method">For staff: how it was checked.</param>
internal sealed record VerifyIdentityRequest(string? Method = null);

/// <summary>
/// Staff records how it was checked who asks; then the privacy officer starts the request. An owner who has just signed in
/// is the person, and the request begins.
/// </summary>
internal static class VerifyIdentity
{
    internal static Decision Decide(Request request, Filer filer, string? method, DateTimeOffset now)
    {
        if (request.IsOver) return RequestRefusals.Over;
        if (request.Verified is not null) return Decision.Nothing;
        if (filer.IsOurs)
        {
            return method is not null && Verifications.ByStaff.Contains(method)
                ? Decision.Of(new IdentityVerified(method, now))
                : RequestRefusals.UnknownMethod;
        }

        return filer.Proof is { } proof
            ? Decision.Of(new IdentityVerified(proof, now), new RequestStarted(now))
            : RequestRefusals.NotVerified;
    }

    private static Task<IResult> Handle(
        Guid accountId,
        Guid requestId,
        VerifyIdentityRequest body,
        Commands commands,
        Caller caller,
        TimeProvider time,
        CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var filer = Filer.Of(caller, accountId, hasMandate: false, now);
        return commands.ChangeAsync<Request>(
            requestId,
            async (request, work, ct) => request.Of(accountId) ?? await Effects.BeginAsync(
                work, request.Kind, requestId, accountId, Decide(request, filer, body.Method, now), now, ct),
            ct);
    }

    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/verification", Handle)
        .WithName("VerifyIdentity")
        .Allow(Access.Of(MemberRole.Owner, StaffRole.PrivacyOfficer | StaffRole.Support))
        .WithSummary("Says how it is known who asks; for an owner, by having just signed in.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status428PreconditionRequired);
}
