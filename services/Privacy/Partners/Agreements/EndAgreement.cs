using EPerfect.Privacy.Partners.Delivery;
using EPerfect.Privacy.Partners.Queues;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>Ends what was agreed. What is agreed after that begins anew, and tells nothing of the time between.</summary>
internal static class EndAgreement
{
    internal static Decision Decide(Partner partner, StopReason reason, DateTimeOffset now) =>
        partner.Ended is not null ? Decision.Nothing
        : partner.Agreement is null ? AgreementRefusals.NothingAgreed
        : Decision.Of(new AgreementEnded(reason, now));

    /// <summary>Its queue goes with it: by what is agreed anew it asks for another one.</summary>
    internal static Decision Carry(UnitOfWork work, Guid partner, Decision decided)
    {
        if (decided.Events.Count > 0) FeedProgress.TurnOff(work, partner, QueueWay.Way);
        return decided;
    }

    private static Task<IResult> Handle(
        Guid partnerId, StopRequest request, Commands commands, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<Partner>(
            partnerId,
            (partner, work, _) => Task.FromResult(
                Carry(work, partnerId, Decide(partner, request.Reason, time.GetUtcNow()))),
            ct);

    public static void Map(RouteGroupBuilder registry) => registry.MapPost("/{partnerId:guid}/end", Handle)
        .WithName("EndAgreement")
        .Allow(Access.Of(StaffRole.Operator | StaffRole.PrivacyOfficer | StaffRole.Legal))
        .WithSummary("Ends the agreement: nothing is delivered any more.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
