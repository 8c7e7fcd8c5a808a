using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.LegalHolds;

/// <summary>The end that was asked for is not wanted any more: it holds on, and nobody can approve the end of before.</summary>
internal static class WithdrawRelease
{
    internal static Decision Decide(LegalHoldOfPerson hold, Guid? caller, DateTimeOffset now) =>
        caller is not { } person ? LegalHoldRefusals.NotAPerson
        : hold.ReleasedAt is not null ? LegalHoldRefusals.NotHeld
        : hold.ReleaseAsked is null ? Decision.Nothing
        : Decision.Of(new LegalHoldReleaseWithdrawn(person, now));

    private static Task<IResult> Handle(
        Guid accountId, Guid holdId, Commands commands, Caller caller, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<LegalHoldOfPerson>(
            holdId, hold => hold.Of(accountId) ?? Decide(hold, caller.UserId, time.GetUtcNow()), ct);

    public static void Map(RouteGroupBuilder holds) => holds.MapDelete("/{holdId:guid}/release", Handle)
        .WithName("WithdrawRelease")
        .Allow(Access.Of(StaffRole.Legal | StaffRole.PrivacyOfficer))
        .WithSummary("Takes back that a hold was to end; it needs no second person.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
