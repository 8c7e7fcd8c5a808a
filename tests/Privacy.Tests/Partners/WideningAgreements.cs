using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.People;
using EPerfect.Testing;
using static EPerfect.Privacy.Tests.Partners.GivenPartners;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>What is added to an agreement is told of what happens after that; what was agreed before is told as ever.</summary>
public sealed class WideningAgreements
{
    private static readonly Terms Wider = Agreed with
    {
        Purposes = [Purposes.PartnerSharing, "more"],
        Events =
        [
            new(OrderPlacedData.EventType, ["orderId", "total", "currency", "items"]),
            Agreed.Events[1],
            new(OrderPaidData.EventType, ["orderId"]),
        ],
    };

    private static readonly Agreement Before = new(1, Agreed, Since: 100);
    private static readonly Agreement Widened = Before.Replace(2, Wider, position: 200);

    [Fact, Control("S11")]
    public void Of_what_was_before_only_what_was_agreed_then_is_told()
    {
        Widened.TermsAt(200).IsSame(Agreed).ShouldBeTrue();
        Widened.TermsAt(201).IsSame(Wider).ShouldBeTrue();
        Widened.Since.ShouldBe(100, "what was agreed before is told as before");
    }

    [Fact]
    public void Each_part_keeps_its_own_place_when_more_is_added()
    {
        var evenWider = Wider with { Events = [.. Wider.Events, new(OrderCancelledData.EventType, ["orderId"])] };
        var again = Widened.Replace(3, evenWider, position: 300);

        again.TermsAt(150).IsSame(Agreed).ShouldBeTrue();
        again.TermsAt(250).IsSame(Wider).ShouldBeTrue();
        again.TermsAt(350).IsSame(evenWider).ShouldBeTrue();
    }

    [Fact, Control("S11")]
    public void Taken_away_and_agreed_on_again_it_begins_again()
    {
        var narrow = Agreed with { Events = [Agreed.Events[0]] };
        var back = (Before with { Version = 2, Terms = narrow }).Replace(3, Agreed, position: 300);

        back.TermsAt(250).IsSame(narrow).ShouldBeTrue();
        back.TermsAt(350).IsSame(Agreed).ShouldBeTrue();
    }

    [Fact]
    public void Replaced_by_as_much_or_less_nothing_begins_anew() =>
        Widened.Replace(3, Agreed, position: 400).ShouldBe(new Agreement(3, Agreed, Since: 100));

    [Fact]
    public void A_partner_that_is_agreed_with_anew_while_the_agreement_holds_has_the_place_of_the_new_part()
    {
        var proposed = Active.After(ProposeAgreement.Decide(
            Active, Agreed with { Events = Wider.Events }, Declared, Proposer, Given.Now));
        var once = proposed.After(ApproveAgreement.Decide(
            proposed, 2, Officer, ServiceDefaults.StaffRole.PrivacyOfficer, Declared, Given.Now));
        var widened = once.After(
            ApproveAgreement.Decide(once, 2, Lawyer, ServiceDefaults.StaffRole.Legal, Declared, Given.Now), position: 500);

        var inForce = widened.InForce(Given.Now).ShouldNotBeNull();
        (inForce.Since, inForce.TermsAt(500).FieldsOf(OrderPaidData.EventType)).ShouldBe((100, null));
        inForce.TermsAt(501).FieldsOf(OrderPaidData.EventType).ShouldBe(["orderId"]);
    }
}
