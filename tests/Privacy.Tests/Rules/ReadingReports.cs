using System.Collections.Immutable;
using EPerfect.Privacy.Policy;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Tests.Rules;

/// <summary>From the reports of a test run to what is recorded of it.</summary>
public sealed class ReadingReports
{
    private static readonly Controls Controls = new(
        ImmutableDictionary<string, IReadOnlyList<string>>.Empty.Add("S1", ["N.A.one", "N.A.many", "N.A.skipped"]), "r2");

    private static readonly RecordChecksRequest Run = new(Given.LastYear, "r2", [new("N.A.one", Passed: true)]);

    [Fact]
    public void A_check_of_several_cases_passed_if_all_did_a_skipped_one_did_not_and_other_tests_are_left_out()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, $"""
            <assemblies><assembly><collection>
            {Case("one", "Pass")}{Case("many", "Pass")}{Case("many", "Fail")}{Case("many", "Pass")}
            {Case("skipped", "Skip")}{Case("other", "Fail")}
            </collection></assembly></assemblies>
            """);

        var read = ReportsCommand.Read([file], Controls);

        read!.Outcomes.ShouldBe(
            [new("N.A.many", Passed: false), new("N.A.one", Passed: true), new("N.A.skipped", Passed: false)]);
        (read.RanAt, read.Release).ShouldBe((Given.LastYear, "r2"));
    }

    [Fact]
    public void A_run_is_recorded_once() => RecordChecks
        .Decide(new CheckRuns().Apply(new ChecksRan(Run.RanAt, Run.Outcomes, Given.Now, "r2")), Controls, Run, Given.Now)
        .ShouldBe(Decision.Nothing);

    [Fact]
    public void A_run_of_another_release_is_refused() => RecordChecks
        .Decide(null, Controls, Run with { Release = "r1" }, Given.Now).Refusal!.Code.ShouldBe("release-unknown");

    [Fact]
    public void A_run_of_tomorrow_is_refused() => RecordChecks
        .Decide(null, Controls, Run with { RanAt = Given.Now.AddTicks(1) }, Given.Now).Refusal!.Code.ShouldBe("run-not-yet");

    [Fact]
    public void A_check_that_holds_nothing_is_refused() => RecordChecks
        .Decide(null, Controls, Run with { Outcomes = [new("N.A.other", Passed: true)] }, Given.Now).Refusal!.Code
        .ShouldBe("control-unknown");

    private static string Case(string method, string result) =>
        $"""<test type="N.A" method="{method}" result="{result}" finish-rtf="{Given.LastYear:O}" />""";
}
