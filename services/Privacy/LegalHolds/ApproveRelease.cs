using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.LegalHolds;

/// <summary>A second person approves the end: every service lets go, and the erasures that had waited go on.</summary>
internal static class ApproveRelease
{
    internal static Decision Decide(LegalHoldOfPerson hold, Guid? caller, DateTimeOffset now) =>
        caller is not { } person ? LegalHoldRefusals.NotAPerson
        : hold.ReleasedAt is not null ? Decision.Nothing
        : hold.ReleaseAsked is not { } asked ? LegalHoldRefusals.ReleaseNotAsked
        : asked.AskedBy == person ? LegalHoldRefusals.SamePerson
        : Decision.Of(new LegalHoldReleased(hold.Asked, person, now));

    private static Task<IResult> Handle(
        Guid accountId, Guid holdId, Commands commands, Caller caller, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<LegalHoldOfPerson>(
            holdId, hold => hold.Of(accountId) ?? Decide(hold, caller.UserId, time.GetUtcNow()), ct);

    public static void Map(RouteGroupBuilder holds) => holds.MapPost("/{holdId:guid}/release/approval", Handle)
        .WithName("ApproveRelease")
        .Allow(Access.Of(StaffRole.Legal | StaffRole.PrivacyOfficer))
        .WithSummary("Approves, as a second person, that a hold ends.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
