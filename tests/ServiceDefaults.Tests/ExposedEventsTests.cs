using EPerfect.ServiceDefaults.Tests.Sample;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>What no compiler saw ends the start.</summary>
public sealed class ExposedEventsTests
{
    private sealed record Moved(Guid Id, string Street);

    private sealed record Counted(Guid Id, int Count);

    [Fact]
    public void A_service_that_would_store_personal_data_in_clear_does_not_start() => Should
        .Throw<InvalidOperationException>(() => PersonalDataSetup.Check(Storing<Moved>()))
        .Message.ShouldBe("Personal data would rest or travel in clear: Moved.Street: its name says street.");

    [Fact]
    public void A_service_that_would_send_personal_data_in_clear_does_not_start() => Should
        .Throw<InvalidOperationException>(() => PersonalDataSetup.Check(Sending<Moved>()));

    [Fact]
    public void A_service_that_stores_facts_starts() =>
        Should.NotThrow(() => PersonalDataSetup.Check(Storing<Counted>()));

    [Fact]
    public void A_service_in_which_nothing_executes_a_declared_retention_does_not_start() => Should
        .Throw<InvalidOperationException>(() => PersonalDataSetup.Check(new ServiceDefinition("forgetful")))
        .Message.ShouldContain("nothing executes the retention rule 'closed-account' of 'letter-text'");

    [Fact]
    public void Nor_one_that_stores_what_a_library_declares_and_executes_no_rule_of_that() => Should
        .Throw<InvalidOperationException>(() => PersonalDataSetup.Check(
            new ServiceDefinition("forgetful").KeptForTheTest().Event<ErasureSearched>("erasure_searched")))
        .Message.ShouldContain("nothing executes the retention rule 'erasure-search' of 'erasure.looked-for'");

    [Fact]
    public void Nor_one_in_which_it_is_executed_on_other_terms_or_by_what_never_runs()
    {
        var longer = RetentionRules.ClosedAccount with { Period = "P31D" };
        Should.Throw<InvalidOperationException>(
                () => PersonalDataSetup.Check(new ServiceDefinition("late").Retains<SweepSamples>(longer)))
            .Message.ShouldContain("is executed on other terms");
        Should.Throw<InvalidOperationException>(
                () => PersonalDataSetup.Check(new ServiceDefinition("idle").Retains<CheckTally>(RetentionRules.ClosedAccount)))
            .Message.ShouldContain("CheckTally, which executes the retention rule 'closed-account', never runs");
    }

    // The analyzer does not see through a type parameter.
    private static ServiceDefinition Storing<T>()
        where T : class => new ServiceDefinition("exposed").KeptForTheTest().Event<T>("happened");

    private static ServiceDefinition Sending<T>()
        where T : class => new ServiceDefinition("exposed").KeptForTheTest().Publishes<T>("exposed.happened.v1");
}
