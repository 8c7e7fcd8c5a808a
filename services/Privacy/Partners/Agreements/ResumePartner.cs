using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>Deliveries go on from where they stopped.</summary>
internal static class ResumePartner
{
    internal static Decision Decide(Partner partner, DateTimeOffset now) =>
        partner is not { Suspended: not null, Ended: null }
            ? AgreementRefusals.NotSuspended
            : Decision.Of(new PartnerResumed(now));

    private static Task<IResult> Handle(Guid partnerId, Commands commands, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<Partner>(
            partnerId,
            (partner, work, token) => TellOfAgreement.RecordAsync(work, partner, Decide(partner, time.GetUtcNow()), token),
            ct);

    public static void Map(RouteGroupBuilder registry) => registry.MapDelete("/{partnerId:guid}/suspension", Handle)
        .WithName("ResumePartner")
        .Allow(Access.Of(StaffRole.PrivacyOfficer | StaffRole.Legal))
        .WithSummary("Lets deliveries go on from where they stopped.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
