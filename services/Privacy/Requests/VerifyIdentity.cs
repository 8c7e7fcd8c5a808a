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
    /// <param name="request">The request.</param>
    /// <param name="filer">Who says it.</param>
    /// <param name="actor">Their opaque id.</param>
    /// <param name="method">For staff: how it was checked.</param>
    /// <param name="now">When.</param>
    internal static Decision Decide(Request request, Filer filer, string actor, string? method, DateTimeOffset now) =>
        request.IsOver ? RequestRefusals.Over
        : filer.IsOurs ? ByStaff(request, actor, method, now)
        : request.StartedAt is not null || (request.IsVerified && filer.Proof is null) ? Decision.Nothing
        : filer.Proof is { } proof
            ? Decision.Of(new IdentityVerified(proof, now, LoginId: filer.LoginId), new RequestStarted(now))
        : RequestRefusals.NotVerified;

    /// <summary>Who an agent is, and whether the agent may: both are checked, in any order, by one or by two.</summary>
    private static Decision ByStaff(Request request, string actor, string? method, DateTimeOffset now) => method switch
    {
        Verifications.MandateChecked when request.Mandate is null => RequestRefusals.NoMandate,
        Verifications.MandateChecked when request.MandateChecked is not null => Decision.Nothing,
        Verifications.MandateChecked => Decision.Of(new IdentityVerified(method, now, actor)),
        not null when Verifications.ByStaff.Contains(method) => request.Verified is null
            ? Decision.Of(new IdentityVerified(method, now, actor))
            : Decision.Nothing,
        _ => RequestRefusals.UnknownMethod,
    };

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
                work, request, Decide(request, filer, caller.Actor, body.Method, now), now, ct),
            ct);
    }

    public static void Map(RouteGroupBuilder requests) => requests.MapPost("/{requestId:guid}/verification", Handle)
        .WithName("VerifyIdentity")
        .Allow(Access.Of(MemberRole.Owner, StaffRole.PrivacyOfficer | StaffRole.Support))
        .WithSummary("Says how it is known who asks; for an owner, by having just signed in.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status423Locked)
        .ProducesProblem(StatusCodes.Status428PreconditionRequired);
}
