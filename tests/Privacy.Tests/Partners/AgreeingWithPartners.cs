using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using static EPerfect.Privacy.Tests.Partners.GivenPartners;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>Two people approve what a third proposed; whoever takes away needs nobody.</summary>
public sealed class AgreeingWithPartners
{
    [Fact, Control("S11")]
    public void A_partner_that_is_registered_is_told_nothing() => Registered.InForce(Given.Now).ShouldBeNull();

    [Fact, Control("S11")]
    public void Given_a_proposal_When_two_others_approve_it_Then_it_holds_from_that_place_on()
    {
        Proposed.State.ShouldBe(PartnerState.Registered);
        Active.State.ShouldBe(PartnerState.Active);
        Active.InForce(Given.Now).ShouldBe(new Agreement(1, Agreed, Since: 100));
        Active.Proposal.ShouldBeNull();
    }

    [Fact]
    public void One_approval_is_not_enough() => Proposed
        .After(Approve(Proposed, Officer, StaffRole.PrivacyOfficer)).InForce(Given.Now).ShouldBeNull();

    [Fact]
    public void Who_proposed_does_not_approve() =>
        Approve(Proposed, Proposer, StaffRole.PrivacyOfficer).ShouldBe(AgreementRefusals.OwnProposal);

    [Fact]
    public void One_person_with_both_roles_approves_once()
    {
        const StaffRole both = StaffRole.PrivacyOfficer | StaffRole.Legal;
        var once = Proposed.After(Approve(Proposed, Officer, both));

        Approve(once, Officer, both).ShouldBe(AgreementRefusals.SamePerson);
        once.After(Approve(once, Lawyer, StaffRole.Legal)).State.ShouldBe(PartnerState.Active);
    }

    [Fact]
    public void Two_people_of_one_role_are_not_enough()
    {
        var once = Proposed.After(Approve(Proposed, Officer, StaffRole.PrivacyOfficer));

        Approve(once, Lawyer, StaffRole.PrivacyOfficer).ShouldBe(Refusals.RoleInsufficient);
    }

    [Fact]
    public void A_program_neither_proposes_nor_approves()
    {
        ProposeAgreement.Decide(Registered, Agreed, Declared, proposer: null, Given.Now).ShouldBe(AgreementRefusals.NotAPerson);
        Approve(Proposed, null, StaffRole.Legal).ShouldBe(AgreementRefusals.NotAPerson);
    }

    [Fact]
    public void A_new_proposal_takes_the_place_of_the_one_that_waits_with_its_approvals()
    {
        var once = Proposed.After(Approve(Proposed, Officer, StaffRole.PrivacyOfficer));
        var other = once.After(ProposeAgreement.Decide(once, Agreed, Declared, Proposer, Given.Now));

        Approve(other, Lawyer, StaffRole.Legal, version: 1).ShouldBe(AgreementRefusals.NoProposal);
        other.After(Approve(other, Lawyer, StaffRole.Legal)).State.ShouldBe(PartnerState.Registered);
    }

    [Fact]
    public void What_is_in_force_stays_until_a_wider_one_is_approved_and_delivery_goes_on_where_it_was()
    {
        var wider = Agreed with { Events = [.. Agreed.Events, new(OrderPaidData.EventType, ["orderId"])] };
        var proposed = Active.After(ProposeAgreement.Decide(Active, wider, Declared, Proposer, Given.Now));

        proposed.InForce(Given.Now)!.Terms.ShouldBe(Agreed);
        Active.Agreeing(wider).InForce(Given.Now).ShouldBe(new Agreement(2, wider, Since: 100));
    }

    [Fact]
    public void What_the_policy_no_longer_says_is_not_approved() =>
        ApproveAgreement.Decide(Proposed, 1, Officer, StaffRole.PrivacyOfficer, Given.Policy(1), Given.Now)
            .Refusal!.Code.ShouldBe("agreement-purpose-unknown");

    [Fact]
    public void Narrowing_holds_at_once_and_only_takes_away()
    {
        var narrower = Agreed with { Events = [new(OrderPlacedData.EventType, ["orderId"])], RetentionDays = 30 };
        var narrowed = Active.After(NarrowAgreement.Decide(Active, narrower, Declared, Given.Now));

        narrowed.InForce(Given.Now).ShouldBe(new Agreement(2, narrower, Since: 100));
        NarrowAgreement.Decide(narrowed, Agreed, Declared, Given.Now).ShouldBe(AgreementRefusals.NotNarrower);
        NarrowAgreement.Decide(narrowed, narrower, Declared, Given.Now).ShouldBe(Decision.Nothing);
        NarrowAgreement.Decide(Registered, narrower, Declared, Given.Now).ShouldBe(AgreementRefusals.NothingAgreed);
    }

    [Fact, Control("S11")]
    public void Narrowing_drops_what_waits_so_that_nothing_taken_away_comes_back_by_an_approval_of_before()
    {
        var wider = Agreed with { RetentionDays = 365 };
        var proposed = Active.After(ProposeAgreement.Decide(Active, wider, Declared, Proposer, Given.Now));
        var once = proposed.After(Approve(proposed, Officer, StaffRole.PrivacyOfficer));
        var narrower = Agreed with { RetentionDays = 30 };
        var narrowed = once.After(NarrowAgreement.Decide(once, narrower, Declared, Given.Now));

        Approve(narrowed, Lawyer, StaffRole.Legal, version: 2).ShouldBe(AgreementRefusals.NoProposal);
        Approve(narrowed, Lawyer, StaffRole.Legal, version: 3).ShouldBe(AgreementRefusals.NoProposal);
        narrowed.InForce(Given.Now).ShouldBe(new Agreement(3, narrower, Since: 100));
    }

    [Theory]
    [InlineData("agreement-purpose-unknown")]
    [InlineData("agreement-basis-differs")]
    [InlineData("agreement-category-foreign")]
    [InlineData("agreement-category-missing")]
    [InlineData("agreement-events-invalid")]
    [InlineData("event-type-unknown")]
    [InlineData("event-field-unknown")]
    [InlineData("agreement-retention-invalid")]
    [InlineData("agreement-term-past")]
    public void Terms_beyond_the_policy_or_the_schemas_are_refused_by_name(string code)
    {
        foreach (var terms in Wrong[code])
            ProposeAgreement.Decide(Registered, terms, Declared, Proposer, Given.Now).Refusal!.Code.ShouldBe(code);
    }

    private static readonly Dictionary<string, Terms[]> Wrong = new(StringComparer.Ordinal)
    {
        ["agreement-purpose-unknown"] =
        [
            Agreed with { Purposes = [] }, Agreed with { Purposes = ["surveillance"] },
            Agreed with { Purposes = [.. Agreed.Purposes, .. Agreed.Purposes] },
        ],
        ["agreement-basis-differs"] =
        [
            Agreed with { LegalBasis = Bases.Contract }, Agreed with { Purposes = [.. Agreed.Purposes, "service"] },
            // The policy says so of it; partners are told with consent all the same.
            Agreed with { LegalBasis = Bases.Contract, Purposes = ["service"] },
        ],
        ["agreement-category-foreign"] =
            [Agreed with { Categories = [] }, Agreed with { Categories = ["account", "logs"] }],
        ["agreement-category-missing"] =
            [Agreed with { Categories = ["account"] }, Agreed with { Categories = ["contact"] }],
        ["agreement-events-invalid"] =
            [Agreed with { Events = [] }, Agreed with { Events = [.. Agreed.Events, Agreed.Events[0]] }],
        ["event-type-unknown"] =
        [
            Agreed with { Events = [new("com.eperfect.password.changed.v1", [])] },
            Agreed with { Events = [new(CustomerErasedData.EventType, [])] },
        ],
        ["event-field-unknown"] =
        [
            Agreed with { Events = [new(OrderPaidData.EventType, ["cardNumber"])] },
            Agreed with { Events = [new(OrderPaidData.EventType, ["orderId", "orderId"])] },
        ],
        ["agreement-retention-invalid"] = [Agreed with { RetentionDays = 0 }, Agreed with { RetentionDays = 3651 }],
        ["agreement-term-past"] = [Agreed with { Until = Given.Now }],
    };

    private static Decision Approve(Partner partner, Guid? person, StaffRole roles, int? version = null) =>
        ApproveAgreement.Decide(partner, version ?? partner.LastVersion, person, roles, Declared, Given.Now);
}
