using EPerfect.Privacy.Partners.Agreements;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using static EPerfect.Privacy.Tests.Partners.GivenPartners;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>Deliveries stop at a place that is known, and go on from there.</summary>
public sealed class StoppingDeliveries
{
    private static readonly Partner Suspended =
        Active.After(SuspendPartner.Decide(Active, StopReason.Security, Given.Now), position: 200);

    private static readonly Partner Ended =
        Active.After(EndAgreement.Decide(Active, StopReason.AgreementOver, Given.Now), position: 300);

    [Fact, Control("S11")]
    public void Suspended_a_partner_is_told_nothing_and_the_place_is_known()
    {
        Suspended.InForce(Given.Now).ShouldBeNull();
        Suspended.Suspended.ShouldBe(new Stop(StopReason.Security, 200, Given.Now));
    }

    [Fact]
    public void Suspended_twice_it_stays_where_it_stopped() =>
        SuspendPartner.Decide(Suspended, StopReason.Requested, Given.Now).ShouldBe(Decision.Nothing);

    [Fact]
    public void Resumed_it_goes_on_with_what_was_agreed()
    {
        Suspended.After(ResumePartner.Decide(Suspended, Given.Now)).InForce(Given.Now).ShouldBe(Active.Agreement);
        ResumePartner.Decide(Active, Given.Now).ShouldBe(AgreementRefusals.NotSuspended);
    }

    [Fact]
    public void A_suspension_outlives_what_is_agreed_meanwhile() =>
        Suspended.Agreeing(Agreed).InForce(Given.Now).ShouldBeNull();

    [Fact, Control("S11")]
    public void Ended_it_is_not_resumed_and_begins_anew_with_a_new_agreement()
    {
        Ended.InForce(Given.Now).ShouldBeNull();
        ResumePartner.Decide(Ended, Given.Now).ShouldBe(AgreementRefusals.NotSuspended);
        EndAgreement.Decide(Ended, StopReason.Requested, Given.Now).ShouldBe(Decision.Nothing);
        Ended.Agreeing(Agreed).InForce(Given.Now).ShouldBe(new Agreement(2, Agreed, Since: 100));
    }

    [Fact, Control("S11")]
    public void When_its_term_is_over_nothing_is_told_any_more()
    {
        var partner = Registered.Agreeing(Agreed with { Until = Given.Now.AddDays(1) });

        partner.InForce(Given.Now).ShouldNotBeNull();
        partner.InForce(Given.Now.AddDays(1)).ShouldBeNull();
    }

    [Fact]
    public void Nothing_agreed_is_nothing_to_stop()
    {
        SuspendPartner.Decide(Registered, StopReason.Security, Given.Now).ShouldBe(AgreementRefusals.NothingAgreed);
        EndAgreement.Decide(Registered, StopReason.Security, Given.Now).ShouldBe(AgreementRefusals.NothingAgreed);
    }
}
