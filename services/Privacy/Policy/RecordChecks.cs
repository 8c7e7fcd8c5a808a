using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Policy;

internal sealed record RecordChecksRequest(DateTimeOffset RanAt, IReadOnlyList<CheckOutcome> Outcomes);

/// <summary>Takes down how a run of the test suite ended: what <see cref="ReportsCommand"/> made of its reports.</summary>
internal static class RecordChecks
{
    internal static Decision Decide(CheckRuns? runs, Controls controls, RecordChecksRequest run, DateTimeOffset now) =>
        run.RanAt > now ? NotYet
        : run.Outcomes.Any(outcome => !controls.Has(outcome.Check)) ? Unknown
        : run.Outcomes.All(outcome => IsKnown(runs, outcome, run.RanAt)) ? Decision.Nothing
        : Decision.Of(new ChecksRan(run.RanAt, run.Outcomes, now));

    private static bool IsKnown(CheckRuns? runs, CheckOutcome outcome, DateTimeOffset at) =>
        runs?.Results.GetValueOrDefault(outcome.Check) is { } known && known.RanAt == at && known.Passed == outcome.Passed;

    private static Task<IResult> Handle(
        RecordChecksRequest request,
        Controls controls,
        Commands commands,
        TimeProvider time,
        CancellationToken cancellationToken) => commands.ChangeOrStartAsync<CheckRuns>(
            CheckRuns.StreamId, runs => Decide(runs, controls, request, time.GetUtcNow()), cancellationToken);

    public static void Map(RouteGroupBuilder policy) => policy.MapPut("/results", Handle)
        .WithName("RecordPolicyChecks")
        .Allow(Access.Of(StaffRole.Operator))
        .WithSummary("How the checks ended that hold the policy's sentences.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static readonly Refusal Unknown =
        new(422, "control-unknown", "A check is one that holds a sentence in this release.", "/outcomes");

    private static readonly Refusal NotYet = new(422, "run-not-yet", "A run is over before it is recorded.", "/ranAt");
}
