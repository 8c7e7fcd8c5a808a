using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Policy;

/// <param name="RanAt">When.</param>
/// <param name="Release">Of which list of checks: the <c>controls</c> command of the release that was tested prints it.</param>
/// <param name="Outcomes">How each ended.</param>
internal sealed record RecordChecksRequest(DateTimeOffset RanAt, string Release, IReadOnlyList<CheckOutcome> Outcomes);

/// <summary>Takes down how a run of the test suite ended: what <see cref="ReportsCommand"/> made of its reports.</summary>
internal static class RecordChecks
{
    internal static Decision Decide(CheckRuns? runs, Controls controls, RecordChecksRequest run, DateTimeOffset now) =>
        run.RanAt > now ? NotYet
        : run.Release != controls.Release ? OtherRelease
        : run.Outcomes.Any(outcome => !controls.Has(outcome.Check)) ? Unknown
        : run.Outcomes.All(outcome => IsKnown(runs, outcome, run)) ? Decision.Nothing
        : Decision.Of(new ChecksRan(run.RanAt, run.Outcomes, now, run.Release));

    private static bool IsKnown(CheckRuns? runs, CheckOutcome outcome, RecordChecksRequest run) =>
        runs?.Results.GetValueOrDefault(outcome.Check) is { } known
        && (known.RanAt, known.Passed, known.Release) == (run.RanAt, outcome.Passed, run.Release);

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

    private static readonly Refusal OtherRelease =
        new(422, "release-unknown", "A run is recorded where the release runs that it tested.", "/release");

    private static readonly Refusal NotYet = new(422, "run-not-yet", "A run is over before it is recorded.", "/ranAt");
}
