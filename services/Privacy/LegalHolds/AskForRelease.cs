using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.LegalHolds;

/// <summary>A lawyer of ours asks that a hold end. Until a second person approves, it holds.</summary>
internal static class AskForRelease
{
    internal static Decision Decide(LegalHoldOfPerson hold, Guid? caller, DateTimeOffset now) =>
        caller is not { } person ? LegalHoldRefusals.NotAPerson
        : hold.ReleasedAt is not null || hold.ReleaseAsked is not null ? Decision.Nothing
        : !hold.IsHeld ? LegalHoldRefusals.NotHeld
        : Decision.Of(new LegalHoldReleaseAsked(person, now));

    private static Task<IResult> Handle(
        Guid accountId, Guid holdId, Commands commands, Caller caller, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<LegalHoldOfPerson>(
            holdId, hold => hold.Of(accountId) ?? Decide(hold, caller.UserId, time.GetUtcNow()), ct);

    public static void Map(RouteGroupBuilder holds) => holds.MapPost("/{holdId:guid}/release", Handle)
        .WithName("AskForRelease")
        .Allow(Access.Of(StaffRole.Legal))
        .WithSummary("Asks that a hold end.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
