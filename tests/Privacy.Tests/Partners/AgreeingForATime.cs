using System.Text.Json;
using System.Text.Json.Nodes;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using static EPerfect.Privacy.Tests.Partners.GivenPartners;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>What is agreed for a time ends by itself, as if somebody had ended it.</summary>
public sealed class AgreeingForATime(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset End = Given.Now.AddDays(1);
    private static readonly Terms ForADay = Agreed with { Until = End };

    private static readonly Partner Bound = Registered.Agreeing(ForADay);

    [Fact, Control("S11")]
    public void When_its_term_is_over_it_ends_once_and_deliveries_stop_at_a_known_position()
    {
        EndAgreementOfTerm.Decide(Bound, End.AddTicks(-1)).ShouldBe(Decision.Nothing);
        var late = End.AddDays(3);
        var ended = Bound.After(EndAgreementOfTerm.Decide(Bound, late), position: 300);

        ended.State.ShouldBe(PartnerState.Ended);
        ended.Ended.ShouldBe(new Stop(StopReason.AgreementOver, 300, late));
        EndAgreementOfTerm.Decide(ended, late).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void Suspended_it_ends_as_well()
    {
        var suspended = Bound.After(SuspendPartner.Decide(Bound, StopReason.Security, Given.Now));

        suspended.After(EndAgreementOfTerm.Decide(suspended, End)).State.ShouldBe(PartnerState.Ended);
    }

    [Fact]
    public void The_end_is_the_one_that_was_agreed_last()
    {
        DeadlineOf(new AgreementActivated(1, Given.Now, End)).ShouldBe(new DeadlineChange.Set(EndAgreementOfTerm.Kind, End));
        DeadlineOf(new AgreementNarrowed(2, ForADay, Given.Now)).ShouldBe(new DeadlineChange.Set(EndAgreementOfTerm.Kind, End));
        DeadlineOf(new AgreementActivated(3, Given.Now)).ShouldBe(new DeadlineChange.Clear(EndAgreementOfTerm.Kind));
        DeadlineOf(new AgreementEnded(StopReason.Requested, Given.Now))
            .ShouldBe(new DeadlineChange.Clear(EndAgreementOfTerm.Kind));

        EndAgreementOfTerm.Decide(Bound.Agreeing(ForADay with { Until = End.AddDays(9) }), End).ShouldBe(Decision.Nothing);
        EndAgreementOfTerm.Decide(Bound.Agreeing(Agreed), End).ShouldBe(Decision.Nothing);
        EndAgreementOfTerm.Decide(Registered, End).ShouldBe(Decision.Nothing);
    }

    [Fact, Control("S11")]
    public void What_is_agreed_after_the_term_tells_nothing_of_the_time_between_even_if_nobody_had_ended_it_yet()
    {
        var proposed = Bound.After(ProposeAgreement.Decide(Bound, Agreed, Declared, Proposer, Given.Now));
        proposed = proposed.After(Decision.Of(
            new AgreementApproved(2, "legal", Lawyer, End), new AgreementActivated(2, End)), position: 900);

        proposed.InForce(End).ShouldBe(new Agreement(2, Agreed, Since: 900));
        Bound.Agreeing(Agreed).Agreement!.Since.ShouldBe(100, "in time, it goes on where it was");
    }

    [Fact, Control("M11")]
    public async Task The_end_of_the_term_stops_deliveries_and_begins_the_time_after_which_the_contact_is_forgotten()
    {
        var clock = new TurnedClock();
        await using var privacy = await TestService.StartAsync(
            PrivacyModule.Define(), postgres, clock: clock, cancellationToken: Token);
        var partner = await privacy.AgreeAsync(For(clock, days: 10));
        var renewed = await privacy.AgreeAsync(For(clock, days: 10));
        await privacy.AgreeAsync(renewed, version: 2, For(clock, days: 30));

        clock.Turn(TimeSpan.FromDays(11));

        await Until.TrueAsync(async () => await StateAsync(privacy, partner) == "ended", "it is over");
        var stopped = (await privacy.PartnerAsync(partner))["stopped"]!;
        ((string)stopped["reason"]!, (long)stopped["position"]! > 0).ShouldBe(("agreement-over", true));
        (await StateAsync(privacy, renewed)).ShouldBe("active", "another one is in force");
        clock.Turn(TimeSpan.FromDays(20));
        await Until.TrueAsync(async () => await StateAsync(privacy, renewed) == "ended", "that one is over too");
        var since = (long)stopped["position"]!;
        await privacy.AgreeAsync(partner, version: 2);
        ((long)(await privacy.PartnerAsync(partner))["agreement"]!["since"]!).ShouldBeGreaterThan(since);
    }

    private static DeadlineChange DeadlineOf(object e) => EndAgreementOfTerm.DeadlinesOf(e).ShouldHaveSingleItem();

    private static JsonNode For(TimeProvider clock, int days)
    {
        var terms = JsonSerializer.SerializeToNode(PartnerSteps.Terms)!;
        terms["until"] = clock.GetUtcNow().AddDays(days);
        return terms;
    }

    private static async Task<string> StateAsync(TestService privacy, string partner) =>
        (string)(await privacy.PartnerAsync(partner))["state"]!;
}
