using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Sharing;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using JasperFx.Events;
using static EPerfect.Privacy.Tests.Partners.GivenPartners;
using Known = EPerfect.Privacy.Partners.Sharing.Sharing;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>When the services are asked who a customer is, of what, and which answer counts.</summary>
public sealed class AskingForCustomers
{
    private static readonly Person Consenting =
        Given.Customer.Apply(Given.Consent(Purposes.PartnerSharing, given: true, policySet: 1));

    private static readonly Person Withdrawn =
        Consenting.Apply(Given.Consent(Purposes.PartnerSharing, given: false, policySet: 1));

    private static readonly Person ConsentingAgain =
        Withdrawn.Apply(Given.Consent(Purposes.PartnerSharing, given: true, policySet: 1));

    private static readonly Partner Told = (Registered with { Key = Key("key-1") }).Agreeing(Shared);

    private static readonly Dictionary<string, Partner> NotToBeTold = new(StringComparer.Ordinal)
    {
        ["a sandbox hears of nobody"] = Told with { Mode = PartnerMode.Sandbox },
        ["nothing can be encrypted for it"] = Told with { Key = null },
        ["it agreed on something else"] = Active with { Key = Key("key-1") },
        ["it is over"] = Told.After(EndAgreement.Decide(Told, StopReason.AgreementOver, Given.Now)),
        ["its time is over"] = Told with { Agreement = Told.Agreement! with { Terms = Shared with { Until = Given.Now } } },
    };

    private static readonly Dictionary<string, Person?> NotToBeSpokenOf = new(StringComparer.Ordinal)
    {
        ["never agreed"] = Given.Customer,
        ["withdrawn"] = Withdrawn,
        ["nothing could be opened"] = Consenting.Restricted(3),
        ["being erased"] = Consenting.Apply(new PersonErasureOrdered(Guid.CreateVersion7(), Given.Now)),
        ["unknown"] = null,
    };

    public static TheoryData<string> Partners => [.. NotToBeTold.Keys];

    public static TheoryData<string> People => [.. NotToBeSpokenOf.Keys];

    [Fact, Control("S11")]
    public void It_is_asked_for_what_is_agreed_and_consented_to_and_for_the_partner_s_key()
    {
        var asked = AskedBy(Decide());

        (asked.PartnerId, asked.AccountId, asked.AgreementVersion).ShouldBe((PartnerId, Given.AccountId, 1));
        asked.Members.ShouldBe(["name", "email", "phone"]);
        asked.Key.ShouldBe(Told.Key!.ToEncrypt());
    }

    [Theory, Control("S11")]
    [MemberData(nameof(Partners))]
    public void A_partner_that_may_not_be_told_is_not_asked_for(string why) =>
        Decide(partner: NotToBeTold[why]).ShouldBe(Decision.Nothing);

    [Theory, Control("S11")]
    [MemberData(nameof(People))]
    public void Of_a_person_of_whom_nothing_may_be_told_nothing_is_asked(string why) =>
        Decide(NotToBeSpokenOf[why]).ShouldBe(Decision.Nothing);

    [Fact]
    public void Deliveries_that_are_suspended_will_go_on_so_it_is_asked_meanwhile() =>
        Decide(partner: Told.After(SuspendPartner.Decide(Told, StopReason.Security, Given.Now)))
            .Events.ShouldHaveSingleItem();

    [Fact]
    public void The_same_cause_is_one_question_and_another_consent_key_or_agreement_is_another()
    {
        var first = AskedBy(Decide());
        var known = After(null, first);

        Decide(known).ShouldBe(Decision.Nothing, "however often and late it is heard that the person agreed");
        Guid[] others =
        [
            AskedBy(Decide(ConsentingAgain, known)).AskId,
            AskedBy(Decide(known, partner: Told with { Key = Key("key-2") })).AskId,
            AskedBy(Decide(known, partner: Told.Agreeing(Shared with { RetentionDays = 30 }))).AskId,
            AskedBy(Decide(known, cause: AskCause.CorrectedInAccounts(2))).AskId,
            AskedBy(Decide(known, cause: AskCause.CorrectedInAccounts(3))).AskId,
            AskedBy(Decide(known, cause: AskCause.Lifted(9))).AskId,
        ];
        others.Append(first.AskId).ShouldBeUnique();
    }

    [Fact, Control("S13")]
    public void A_correction_is_asked_of_the_service_that_made_it()
    {
        AskedBy(Decide(cause: AskCause.CorrectedInAccounts(2))).Members.ShouldBe(["name", "email"]);
        AskedBy(Decide(cause: AskCause.CorrectedInDomains(Guid.CreateVersion7(), 2))).Members.ShouldBe(["phone"]);
        var onlyNames = Shared with { Events = [new AgreedEvent(CustomerSharedData.EventType, ["name"])] };
        Decide(
                partner: (Registered with { Key = Key("key-1") }).Agreeing(onlyNames),
                cause: AskCause.CorrectedInDomains(default, 2))
            .ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void Who_agreed_before_there_was_a_registrant_is_asked_for_when_there_is_one_and_only_then()
    {
        var asked = AskedBy(Decide(cause: AskCause.Registrant));
        asked.Members.ShouldBe(["phone"]);
        var known = After(null, asked);

        Decide(known, cause: AskCause.Registrant).ShouldBe(Decision.Nothing, "another domain has the same registrant");
        var answered = known.Apply(new PartnerDataReceived(asked.AskId, "domains", Given.Now));
        Decide(answered, partner: Told with { Key = Key("key-2") }, cause: AskCause.Registrant)
            .ShouldBe(Decision.Nothing, "it is known, and its corrections are asked for");
    }

    [Fact]
    public void An_answer_counts_once_and_not_after_one_to_a_later_question_and_not_for_an_old_key()
    {
        var (first, second) = (AskedBy(Decide()), AskedBy(Decide(cause: AskCause.CorrectedInAccounts(2))));
        var known = After(After(null, first), second);

        Receive(known, second, "accounts").Events.ShouldHaveSingleItem();
        Receive(known, first, "accounts").Events.ShouldHaveSingleItem();
        var answered = known.Apply(new PartnerDataReceived(second.AskId, "accounts", Given.Now));
        Receive(answered, second, "accounts").ShouldBe(Decision.Nothing, "a repeat");
        Receive(answered, first, "accounts").ShouldBe(Decision.Nothing, "it is older than what the partner has");
        Receive(answered, first, "domains").Events.ShouldHaveSingleItem("another service holds other values");
        Receive(known, second, "accounts", keyId: "key-2").ShouldBe(Decision.Nothing, "the partner has another key");
        Receive(known, second with { AskId = Guid.CreateVersion7() }, "accounts").ShouldBe(Decision.Nothing, "nobody asked");
        Receive(null, first, "accounts").ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void A_round_that_another_one_has_overtaken_does_not_end_it()
    {
        AskEverybody.End(Told, round: 1, Given.Now).Events.ShouldBe([new AskingEnded(1, Given.Now)]);
        AskEverybody.End(Told with { AskingRound = 2 }, round: 1, Given.Now).ShouldBe(Decision.Nothing);
    }

    private static Decision Decide(Known? known = null, Partner? partner = null, AskCause? cause = null) =>
        Decide(Consenting, known, partner, cause);

    private static Decision Decide(
        Person? person, Known? known = null, Partner? partner = null, AskCause? cause = null) =>
        AskForData.Decide(
            known,
            partner ?? Told,
            Given.AccountId,
            new Facts(Declared, Given.PolicySetsOf(1), person, Given.Now),
            cause ?? AskCause.Consent,
            Given.Now);

    private static PartnerDataAsked AskedBy(Decision decision) =>
        decision.Events.ShouldHaveSingleItem().ShouldBeOfType<PartnerDataAsked>();

    private static Decision Receive(
        Known? known, PartnerDataAsked asked, string service, string keyId = "key-1") =>
        Known.Receive(known, new PartnerDataReceived(asked.AskId, service, Given.Now), keyId);

    private static Known After(Known? known, PartnerDataAsked asked)
    {
        known ??= new Known();
        return known.Apply(new Event<PartnerDataAsked>(asked) { Version = known.Asked.Count + 1 });
    }
}
