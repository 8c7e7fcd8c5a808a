using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Rules;

/// <summary>Purposes by bases by states: what is not allowed by a rule is refused.</summary>
public sealed class DecidingUse
{
    private static readonly PurposeDeclaration[] Declared =
    [
        new("hosting", Bases.Contract, ["contact"], "-"),
        new("bookkeeping", Bases.LegalObligation, ["contact"], "-"),
        new("security", Bases.LegitimateInterest, ["contact"], "-", "lia-1"),
        new("curiosity", Bases.LegitimateInterest, ["contact"], "-"),
        new("because", "we-can", ["contact"], "-"),
        new(Purposes.DirectMail, Bases.Consent, ["contact"], "-"),
    ];

    private static readonly Document Policy = Given.Policy(1).Apply(new PurposesDeclared(1, Declared));

    private static readonly Dictionary<string, Person> States = new(StringComparer.Ordinal)
    {
        ["a stranger"] = new(),
        ["a customer"] = Given.Customer,
        ["consenting"] = Given.Customer.Apply(Given.Consent(Purposes.DirectMail, given: true, policySet: 1)),
        ["withdrawn"] = Given.Customer.Apply(Given.Consent(Purposes.DirectMail, given: true, policySet: 1))
            .Apply(Given.Consent(Purposes.DirectMail, given: false, policySet: 1)),
        ["objecting"] = Given.Customer.Apply(new ObjectionRaised("security", Given.Now))
            .Apply(new ObjectionRaised("bookkeeping", Given.Now)).Apply(new ObjectionRaised("hosting", Given.Now)),
        ["restricted"] = Given.Customer.Apply(Given.Consent(Purposes.DirectMail, given: true, policySet: 1))
            .Restricted(3),
        ["restricted and consenting to nothing"] = Given.Customer.Restricted(3),
        ["being erased"] = Given.Customer.Apply(Given.Consent(Purposes.DirectMail, given: true, policySet: 1))
            .Apply(new PersonErasureOrdered(Given.AccountId, Given.Now)),
        ["free again"] = Given.Customer.Restricted(3).Lifted(4)
            .Apply(new ObjectionRaised("security", Given.Now)).Apply(new ObjectionWithdrawn("security", Given.Now)),
    };

    [Theory, Control("S9")]
    [InlineData("a stranger", "hosting", "nothing-accepted")]
    [InlineData("a stranger", "direct-mail", "nothing-accepted")]
    [InlineData("a stranger", "bookkeeping", "nothing-accepted")]
    [InlineData("a customer", "hosting", "+contract")]
    [InlineData("a customer", "bookkeeping", "+legal-obligation")]
    [InlineData("a customer", "security", "+legitimate-interest")]
    [InlineData("a customer", "curiosity", "not-balanced")]
    [InlineData("a customer", "because", "basis-unknown")]
    [InlineData("a customer", "direct-mail", "consent-missing")]
    [InlineData("a customer", "surveillance", "purpose-not-declared")]
    [InlineData("consenting", "direct-mail", "+consent-given")]
    [InlineData("consenting", "surveillance", "purpose-not-declared")]
    [InlineData("withdrawn", "direct-mail", "consent-withdrawn")]
    [InlineData("withdrawn", "hosting", "+contract")]
    [InlineData("objecting", "security", "objected")]
    [InlineData("objecting", "hosting", "+contract")]
    [InlineData("objecting", "bookkeeping", "+legal-obligation")]
    [InlineData("restricted", "hosting", "restricted")]
    [InlineData("restricted", "security", "restricted")]
    [InlineData("restricted", "curiosity", "restricted")]
    [InlineData("restricted", "bookkeeping", "+legal-obligation")]
    [InlineData("restricted", "direct-mail", "+consent-given")]
    [InlineData("restricted and consenting to nothing", "direct-mail", "consent-missing")]
    [InlineData("being erased", "direct-mail", "erased")]
    [InlineData("being erased", "hosting", "erased")]
    [InlineData("being erased", "security", "erased")]
    [InlineData("being erased", "bookkeeping", "+legal-obligation")]
    [InlineData("free again", "hosting", "+contract")]
    [InlineData("free again", "security", "+legitimate-interest")]
    public void By_basis_and_state(string state, string purpose, string expected)
    {
        var verdict = MayUse.Decide(FactsOf(States[state]), purpose, "contact");

        ((verdict.Allowed ? "+" : "") + verdict.Rule).ShouldBe(expected);
    }

    [Fact, Control("S9")]
    public void No_category_is_used_that_the_purpose_does_not_name()
    {
        foreach (var (state, person) in States)
            foreach (var purpose in Declared)
                MayUse.Decide(FactsOf(person), purpose.Purpose, "logs").Allowed.ShouldBeFalse(state);
    }

    [Fact]
    public void Nothing_is_allowed_before_a_policy_is_published() => MayUse
        .Decide(new Facts(null, null, States["consenting"], Given.Now), Purposes.DirectMail, "contact")
        .ShouldBe(Verdict.No("nothing-accepted"));

    [Fact]
    public void A_verdict_names_the_version_and_the_basis() => MayUse
        .Decide(FactsOf(Given.Customer), "hosting", "contact")
        .ShouldBe(new Verdict(Allowed: true, "contract", 1, Bases.Contract));

    [Fact]
    public void What_ships_asks_for_consent_exactly_where_a_person_can_give_it()
    {
        foreach (var text in ShippedTexts.Read().All.Where(text => text.Purposes is not null))
            text.Purposes!.Where(x => x.Basis == Bases.Consent).Select(x => x.Purpose)
                .ShouldBe(Purposes.All, ignoreOrder: true);
    }

    private static Facts FactsOf(Person person) => new(Policy, Given.PolicySetsOf(1), person, Given.Now);
}
