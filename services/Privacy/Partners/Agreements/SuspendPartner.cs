using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

internal sealed record StopRequest(StopReason Reason);

/// <summary>Stops deliveries where they are, until they are resumed.</summary>
internal static class SuspendPartner
{
    internal static Decision Decide(Partner partner, StopReason reason, DateTimeOffset now) =>
        partner is not { Agreement: not null, Ended: null } ? AgreementRefusals.NothingAgreed
        : partner.Suspended is not null ? Decision.Nothing
        : Decision.Of(new PartnerSuspended(reason, now));

    private static Task<IResult> Handle(
        Guid partnerId, StopRequest request, Commands commands, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<Partner>(partnerId, partner => Decide(partner, request.Reason, time.GetUtcNow()), ct);

    public static void Map(RouteGroupBuilder registry) => registry.MapPost("/{partnerId:guid}/suspension", Handle)
        .WithName("SuspendPartner")
        .Allow(Access.Of(StaffRole.Operator | StaffRole.PrivacyOfficer | StaffRole.Legal))
        .WithSummary("Stops deliveries where they are.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
