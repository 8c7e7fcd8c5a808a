using EPerfect.Privacy.Policy;
using EPerfect.Privacy.Policy.Measures;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Rules;

/// <summary>A measure is proven by checks that ran and passed, and by nothing else.</summary>
public sealed class ProvingMeasures
{
    private static readonly Measures Shipped = Measures.Shipped();
    private static readonly Controls Bound = Controls.Shipped();

    [Fact, Control("nav-infrastructure")]
    public void Each_measure_has_a_check() =>
        Shipped.All.Where(measure => Bound.Of(measure.Id).Count == 0).ShouldBeEmpty();

    [Fact, Control("nav-infrastructure")]
    public void One_whose_check_failed_or_is_absent_is_unproven()
    {
        var (all, now) = (Bound.Of("M1"), DateTimeOffset.UnixEpoch);
        MeasureState State(Controls controls, params CheckOutcome[] outcomes) => Shipped
            .View(controls, new CheckRuns().Apply(new ChecksRan(now, outcomes, now, Bound.Release)))
            .Single(one => one.Id == "M1").State;
        CheckOutcome[] passed = [.. all.Select(check => new CheckOutcome(check, Passed: true))];

        State(Bound, passed).ShouldBe(MeasureState.Proven);
        State(Bound, [.. passed[1..], passed[0] with { Passed = false }]).ShouldBe(MeasureState.Unproven);
        State(Bound, passed[1..]).ShouldBe(MeasureState.Unproven);
        State(Bound.Without("M1"), passed).ShouldBe(MeasureState.Unproven);
        Shipped.View(Bound, runs: null).ShouldAllBe(one => one.State == MeasureState.Unproven);
    }
}
