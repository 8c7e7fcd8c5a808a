using System.Collections.Immutable;
using System.Text;
using EPerfect.Privacy.Policy;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Rules;

/// <summary>Bound, failing, open and the rest are told apart.</summary>
public sealed class CoveringThePolicy
{
    private static readonly Wording Wording = new(
    [
        new("Held.", "A"),
        new("Of two checks.", "B"),
        new("For later.", "C", Open: "the mail store"),
        new("Outdated.", "D", Contradicted: "the law changed"),
        new("Heading"),
        new("Unbound.", "E"),
        new("Of two claims.", "F", Claims: ["sealed", "no-card-number"]),
    ]);

    private static readonly Controls Controls = new(ImmutableDictionary<string, IReadOnlyList<string>>.Empty
        .Add("A", ["a"]).Add("B", ["b1", "b2"]).Add("D", ["d"])
        .Add("F/sealed", ["f1"]).Add("F/no-card-number", ["f2"]), "r2");

    private static readonly CheckRuns AllPassed = Runs(
        ("a", true), ("b1", true), ("b2", true), ("d", true), ("f1", true), ("f2", true));

    [Fact, Control("S1")]
    public void Each_state_is_named_and_counted()
    {
        var coverage = Cover("Heading Held. Of two checks. For later. Outdated. Unbound.", AllPassed);

        States(coverage).ShouldBe("A Held, B Held, C Open, D Contradicted, E Unbound");
        coverage.Counts.ShouldBe(new CoverageCounts(Held: 2, Unproven: 0, Failing: 0, Open: 1, Contradicted: 1, Unbound: 1));
    }

    [Theory]
    [InlineData(true, "A Held")]
    [InlineData(false, "A Failing")]
    public void A_sentence_is_held_while_its_check_passes(bool passes, string expected) =>
        States(Cover("Held.", Runs(("a", passes)))).ShouldBe(expected);

    [Fact]
    public void All_checks_of_a_sentence_count()
    {
        States(Cover("Of two checks.", null)).ShouldBe("B Unproven");
        States(Cover("Of two checks.", Runs(("b1", true)))).ShouldBe("B Unproven");
        States(Cover("Of two checks.", Runs(("b1", true), ("b2", false)))).ShouldBe("B Failing");
    }

    [Fact, Control("S1")]
    public void Who_deletes_a_check_has_an_unbound_sentence_and_publishes_nothing()
    {
        var without = Coverage.Of("Held. Of two checks.", Wording, Controls.Without("A"), AllPassed);

        States(without).ShouldBe("A Unbound, B Held");
        foreach (var isDevelopment in new[] { true, false })
        {
            var refusal = PublicationCheck.Judge(without, isDevelopment).Refusal!;
            (refusal.Status, refusal.Code).ShouldBe((422, "policy-sentence-unbound"));
            refusal.Rule.ShouldContain("A (unbound)");
        }
    }

    [Fact]
    public void Who_deletes_the_check_of_one_claim_has_an_unbound_sentence_too()
    {
        States(Cover("Of two claims.", AllPassed)).ShouldBe("F Held");
        var less = Controls with { BySentence = Controls.BySentence.Remove("F/no-card-number") };

        var coverage = Coverage.Of("Of two claims.", Wording, less, AllPassed);

        States(coverage).ShouldBe("F Unbound");
        coverage.Sentences[0].Remark.ShouldBe("No check holds: no-card-number.");
        States(Coverage.Of("Of two claims.", Wording, Controls.Without("F"), AllPassed)).ShouldBe("F Unbound");
    }

    [Fact]
    public void What_passed_in_another_release_is_unproven_in_this_one()
    {
        var next = Controls with { Release = "r3" };

        var coverage = Coverage.Of("Held.", Wording, next, AllPassed);

        States(coverage).ShouldBe("A Unproven");
        coverage.Sentences[0].Checks[0].ShouldBe(new CheckView("a", null, Given.Now, Given.Now));
        PublicationCheck.Judge(coverage, isDevelopment: false).Refusal!.Rule.ShouldContain("A (unproven)");
    }

    [Fact]
    public void Nor_does_who_has_a_check_that_fails() => PublicationCheck
        .Judge(Cover("Held. Of two checks.", Runs(("a", true), ("b1", false), ("b2", true))), isDevelopment: true).Refusal!
        .Rule.ShouldContain("B (failing)");

    [Fact, Control("S1")]
    public void What_is_not_held_yet_is_published_in_Development_alone_and_named()
    {
        var coverage = Cover("Held. For later. Outdated. Of two checks.", Runs(("a", true), ("d", true)));
        string[] notHeld = ["C (open)", "D (contradicted)", "B (unproven)"];

        PublicationCheck.Judge(coverage, isDevelopment: true).Warnings.ShouldBe(notHeld);
        var refusal = PublicationCheck.Judge(coverage, isDevelopment: false).Refusal!;
        refusal.Code.ShouldBe("policy-sentence-open");
        foreach (var name in notHeld) refusal.Rule.ShouldContain(name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Heading Heading")]
    public void A_policy_that_promises_nothing_is_published_nowhere(string text) =>
        PublicationCheck.Judge(Cover(text, AllPassed), isDevelopment: true).Refusal!.Code
            .ShouldBe("policy-without-sentences");

    [Theory]
    [InlineData("Held. Of two checks.", "editorial", null)]
    [InlineData("Of two checks. Held.", "editorial", null)]
    [InlineData("Held.", "editorial", "B")]
    [InlineData("Held.", "material", null)]
    [InlineData("Held.", "wider-purpose", null)]
    public void Who_leaves_out_a_sentence_tells_people_of_it(string text, string materiality, string? lost)
    {
        var before = Encoding.UTF8.GetBytes("Held. Of two checks.");
        var next = Given.Text(2, text) with { Materiality = materiality };

        var refusal = PublicationCheck.WhyNotEditorial(next, before, Wording);

        refusal?.Code.ShouldBe("materiality-too-low");
        (refusal?.Rule[^2..^1]).ShouldBe(lost);
        PublicationCheck.WhyNotEditorial(next, before: null, Wording).ShouldBeNull();
    }

    [Fact]
    public void What_is_all_held_is_published_anywhere() =>
        PublicationCheck.Judge(Cover("Held. Of two checks.", AllPassed), isDevelopment: false).ShouldBe(
            new Judgement(null, []), new SameJudgement());

    [Fact]
    public void Reports_may_come_late_and_the_last_run_counts()
    {
        var runs = new CheckRuns()
            .Apply(new ChecksRan(Given.Now, [new("a", Passed: false)], Given.Now, "r2"))
            .Apply(new ChecksRan(Given.LastYear, [new("a", Passed: true)], Given.Now, "r1"));

        runs.Results["a"].ShouldBe(new CheckResult(Passed: false, Given.Now, Given.LastYear, "r2"));
    }

    private static CoverageView Cover(string text, CheckRuns? runs) => Coverage.Of(text, Wording, Controls, runs);

    private static CheckRuns Runs(params (string Check, bool Passed)[] outcomes) => new CheckRuns().Apply(
        new ChecksRan(Given.Now, [.. outcomes.Select(x => new CheckOutcome(x.Check, x.Passed))], Given.Now, "r2"));

    private static string States(CoverageView coverage) =>
        string.Join(", ", coverage.Sentences.Select(sentence => $"{sentence.Id} {sentence.State}"));

    private sealed class SameJudgement : IEqualityComparer<Judgement>
    {
        public bool Equals(Judgement? x, Judgement? y) =>
            x?.Refusal == y?.Refusal && x!.Warnings.SequenceEqual(y!.Warnings, StringComparer.Ordinal);

        public int GetHashCode(Judgement obj) => 0;
    }
}
