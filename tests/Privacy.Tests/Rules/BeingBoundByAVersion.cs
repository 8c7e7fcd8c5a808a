using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Rules;

/// <summary>A new version is never retroactive.</summary>
public sealed class BeingBoundByAVersion
{
    private static readonly PurposeDeclaration Hosting = new("hosting", Bases.Contract, ["contact"], "-");
    private static readonly PurposeDeclaration Research = new("research", Bases.Contract, ["contact"], "-");
    private static readonly Person Told = Given.Customer.Apply(new NoticeGiven(2, "api", Given.Now));
    private static readonly Person Accepting = Given.Customer.Apply(Given.Acknowledged(2));

    public static TheoryData<string, string, int?> Table => new()
    {
        { "nobody", Materiality.Editorial, null },
        { "untold", Materiality.Editorial, 2 },
        { "untold", Materiality.Material, 1 },
        { "told", Materiality.Material, 2 },
        { "accepting", Materiality.Material, 2 },
        { "untold", Materiality.WiderPurpose, 1 },
        { "told", Materiality.WiderPurpose, 1 },
        { "accepting", Materiality.WiderPurpose, 2 },
    };

    [Theory, MemberData(nameof(Table)), Control("S3")]
    public void Words_bind_all_a_change_binds_who_was_told_and_a_wider_purpose_who_accepted(
        string who, string materiality, int? expected) =>
        new Facts(TwoVersions(materiality), Given.PolicySetsOf(2), PersonOf(who), Given.Now).BindingVersion().ShouldBe(expected);

    [Fact, Control("S3")]
    public void A_purpose_that_is_new_is_allowed_after_acceptance_alone()
    {
        var policy = TwoVersions(Materiality.WiderPurpose);

        Decide(policy, Given.Customer, "research").ShouldBe(Verdict.No("purpose-not-accepted", 1));
        Decide(policy, Told, "research").ShouldBe(Verdict.No("purpose-not-accepted", 1));
        Decide(policy, Accepting, "research").ShouldBe(new Verdict(Allowed: true, "contract", 2, Bases.Contract));
        Decide(policy, Given.Customer, "hosting").ShouldBe(new Verdict(Allowed: true, "contract", 1, Bases.Contract));
    }

    [Fact, Control("S3")]
    public void What_was_accepted_in_advance_binds_from_its_date_on()
    {
        var policy = TwoVersions(Materiality.WiderPurpose);
        var before = new Facts(policy, Given.PolicySetsOf(2), Accepting, Given.Now.AddTicks(-1));

        before.BindingVersion().ShouldBe(1);
        (before with { At = Given.Now }).BindingVersion().ShouldBe(2);
    }

    [Fact]
    public void Words_that_change_after_a_wider_purpose_wait_for_its_acceptance()
    {
        var policy = TwoVersions(Materiality.WiderPurpose).Apply(Given.PolicyVersion(3, Given.Now));

        BindingVersion(policy, Told).ShouldBe(1);
        BindingVersion(policy, Accepting).ShouldBe(3);
    }

    [Fact]
    public void Who_was_told_of_a_later_version_was_told_of_what_changed_before()
    {
        var policy = TwoVersions(Materiality.Material)
            .Apply(Given.PolicyVersion(3, Given.Now))
            .Apply(new NoticeDue(DocumentKind.PrivacyPolicy, 3, Materiality.Material, Given.Now));

        BindingVersion(policy, Given.Customer.Apply(new NoticeGiven(3, "api", Given.Now))).ShouldBe(3);
        BindingVersion(policy, Told).ShouldBe(2);
    }

    [Fact]
    public void A_consent_reaches_as_far_as_its_notice_did()
    {
        var policy = Given.Policy(2)
            .Apply(new PurposesDeclared(1, [new(Purposes.DirectMail, Bases.Consent, ["contact"], "-")]))
            .Apply(new PurposesDeclared(2, [new(Purposes.DirectMail, Bases.Consent, ["contact", "marketing"], "-")]));
        var person = Accepting.Apply(Given.Consent(Purposes.DirectMail, given: true, policySet: 1));

        MayUse.Decide(FactsOf(policy, person), Purposes.DirectMail, "contact").Rule.ShouldBe("consent-given");
        MayUse.Decide(FactsOf(policy, person), Purposes.DirectMail, "marketing").Rule.ShouldBe("consent-narrower");
        var again = person.Apply(Given.Consent(Purposes.DirectMail, given: true));
        MayUse.Decide(FactsOf(policy, again), Purposes.DirectMail, "marketing").Rule.ShouldBe("consent-given");
    }

    private static Facts FactsOf(Document policy, Person person) => new(policy, Given.PolicySetsOf(2), person, Given.Now);

    private static int? BindingVersion(Document policy, Person person) => FactsOf(policy, person).BindingVersion();

    private static Verdict Decide(Document policy, Person person, string purpose) =>
        MayUse.Decide(FactsOf(policy, person), purpose, "contact");

    private static Person PersonOf(string who) => who switch
    {
        "nobody" => new Person(),
        "told" => Told,
        "accepting" => Accepting,
        _ => Given.Customer,
    };

    private static Document TwoVersions(string materiality)
    {
        var policy = Given.Policy(2)
            .Apply(new PurposesDeclared(1, [Hosting])).Apply(new PurposesDeclared(2, [Hosting, Research]));
        return materiality == Materiality.Editorial
            ? policy
            : policy.Apply(new NoticeDue(DocumentKind.PrivacyPolicy, 2, materiality, Given.Now));
    }
}
