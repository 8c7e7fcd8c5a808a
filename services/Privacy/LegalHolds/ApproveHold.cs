using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.LegalHolds;

/// <summary>A second person has read it: every service is told to keep the data.</summary>
internal static class ApproveHold
{
    internal static Decision Decide(LegalHoldOfPerson hold, Guid? caller, DateTimeOffset now) =>
        caller is not { } person ? LegalHoldRefusals.NotAPerson
        : hold.Asked.AskedBy == person ? LegalHoldRefusals.SamePerson
        : hold.StateAt(now) is HoldState.Released or HoldState.Over ? LegalHoldRefusals.Over
        : hold.ApprovedAt is not null ? Decision.Nothing
        : Decision.Of(new LegalHoldApproved(hold.Asked, person, now));

    private static Task<IResult> Handle(
        Guid accountId, Guid holdId, Commands commands, Caller caller, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<LegalHoldOfPerson>(
            holdId, hold => hold.Of(accountId) ?? Decide(hold, caller.UserId, time.GetUtcNow()), ct);

    public static void Map(RouteGroupBuilder holds) => holds.MapPost("/{holdId:guid}/approval", Handle)
        .WithName("ApproveHold")
        .Allow(Access.Of(StaffRole.Legal | StaffRole.PrivacyOfficer))
        .WithSummary("Approves, as a second person, that a person's data is kept from being erased.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
