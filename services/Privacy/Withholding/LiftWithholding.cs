using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Withholding;

/// <summary>It may be told before the time. One of ours is enough for that: it is in the person's favour.</summary>
internal static class LiftWithholding
{
    internal static Decision Decide(WithheldOpenings withheld, Guid? lawyer, DateTimeOffset now) =>
        lawyer is not { } person ? WithholdingRefusals.NotAPerson
        : withheld.LiftedAt is not null ? Decision.Nothing
        : now >= withheld.Ordered.Until ? WithholdingRefusals.Over
        : Decision.Of(new WithholdingLifted(person, now));

    private static Task<IResult> Handle(
        Guid accountId, Guid withholdingId, Commands commands, Caller caller, TimeProvider time, CancellationToken ct) =>
        commands.ChangeAsync<WithheldOpenings>(
            withholdingId,
            withheld => withheld.Of(accountId) ?? Decide(withheld, caller.UserId, time.GetUtcNow()),
            ct);

    public static void Map(RouteGroupBuilder withholdings) => withholdings
        .MapPost("/{withholdingId:guid}/lifting", Handle)
        .WithName("LiftWithholding")
        .Allow(Access.Of(StaffRole.Legal))
        .WithSummary("Lets the person be told before the time.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
