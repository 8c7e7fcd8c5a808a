using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Withholding;

/// <summary>A second person has read the order. From now on it holds.</summary>
internal static class ApproveWithholding
{
    internal static Decision Decide(WithheldOpenings withheld, Guid? approver, DateTimeOffset now) =>
        approver is not { } person ? WithholdingRefusals.NotAPerson
        : withheld.Ordered.OrderedBy == person ? WithholdingRefusals.SamePerson
        : withheld.LiftedAt is not null || now >= withheld.Ordered.Until ? WithholdingRefusals.Over
        : withheld.ApprovedAt is not null ? Decision.Nothing
        : Decision.Of(new WithholdingApproved(person, now));

    private static Task<IResult> Handle(
        Guid accountId, Guid withholdingId, Commands commands, Caller caller, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<WithheldOpenings>(
            withholdingId,
            withheld => withheld.Of(accountId) ?? Decide(withheld, caller.UserId, time.GetUtcNow()),
            ct);

    public static void Map(RouteGroupBuilder withholdings) => withholdings
        .MapPost("/{withholdingId:guid}/approval", Handle)
        .WithName("ApproveWithholding")
        .Allow(Access.Of(StaffRole.Legal | StaffRole.PrivacyOfficer))
        .WithSummary("Approves, as a second person, that a person is not told of openings.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
