using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>Ends what was agreed. What is agreed after that begins anew, and tells nothing of the time between.</summary>
internal static class EndAgreement
{
    internal static Decision Decide(Partner partner, StopReason reason, DateTimeOffset now) =>
        partner.Ended is not null ? Decision.Nothing
        : partner.Agreement is null ? AgreementRefusals.NothingAgreed
        : Decision.Of(new AgreementEnded(reason, now));

    private static Task<IResult> Handle(
        Guid partnerId, StopRequest request, Commands commands, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<Partner>(partnerId, partner => Decide(partner, request.Reason, time.GetUtcNow()), ct);

    public static void Map(RouteGroupBuilder registry) => registry.MapPost("/{partnerId:guid}/end", Handle)
        .WithName("EndAgreement")
        .Allow(Access.Of(StaffRole.Operator | StaffRole.PrivacyOfficer | StaffRole.Legal))
        .WithSummary("Ends the agreement: nothing is delivered any more.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
