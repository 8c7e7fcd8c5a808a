using CsCheck;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Rules;

public sealed class Consenting
{
    private static readonly ConsentChanged Yes = Given.Consent(Purposes.DirectMail, given: true);
    private static readonly ConsentChanged No = Given.Consent(Purposes.DirectMail, given: false);
    private static readonly Gen<string> AnyPurpose =
        Gen.Bool.Select(mail => mail ? Purposes.DirectMail : Purposes.PartnerSharing);

    private static readonly Person Willing = new Person().Apply(Yes);

    [Theory, Control("S11")]
    [InlineData(Purposes.DirectMail)]
    [InlineData(Purposes.PartnerSharing)]
    public void Nothing_is_given_until_it_is_given(string purpose) => new Person().Allows(purpose).ShouldBeFalse();

    [Fact]
    public void A_purpose_is_allowed_alone()
    {
        Willing.Allows(Purposes.DirectMail).ShouldBeTrue();
        Willing.Allows(Purposes.PartnerSharing).ShouldBeFalse();
    }

    [Fact]
    public void A_person_who_is_not_known_yet_may_choose() =>
        ChangeConsent.Decide(null, Given.TwoSets, Yes).ShouldBe(Decision.Of(Yes));

    [Fact]
    public void Saying_the_same_again_changes_nothing()
    {
        ChangeConsent.Decide(Willing, Given.TwoSets, Yes).ShouldBe(Decision.Nothing);
        ChangeConsent.Decide(null, Given.TwoSets, No).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void It_is_given_under_the_notice_in_force() =>
        ChangeConsent.Decide(null, Given.TwoSets, Yes with { PolicySet = 1 }).ShouldBe(PolicySets.Superseded);

    [Fact, Control("S11")]
    public void It_is_withdrawn_under_any_notice()
    {
        var withdrawn = No with { PolicySet = 1 };
        ChangeConsent.Decide(Willing, Given.TwoSets, withdrawn).ShouldBe(Decision.Of(withdrawn));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_notice_that_never_was_is_refused(bool given) =>
        ChangeConsent.Decide(Willing, Given.TwoSets, Given.Consent(Purposes.PartnerSharing, given, policySet: 9))
            .ShouldBe(PolicySets.Unknown);

    [Theory]
    [InlineData("surveillance")]
    [InlineData("Direct-Mail")]
    [InlineData("")]
    public void An_unknown_purpose_is_refused(string purpose) =>
        ChangeConsent.Decide(null, Given.TwoSets, Given.Consent(purpose, given: true)).ShouldBe(Purposes.Unknown);

    [Fact]
    public void Whatever_is_chosen_the_last_choice_counts_and_the_history_holds_only_changes() =>
        Gen.Select(AnyPurpose, Gen.Bool).Array[0, 40].Sample(choices =>
        {
            var person = choices.Aggregate(new Person(), (state, choice) =>
                ChangeConsent.Decide(state, Given.TwoSets, Given.Consent(choice.Item1, choice.Item2)).Events
                    .Cast<ConsentChanged>().Aggregate(state, (folded, e) => folded.Apply(e)));
            return Purposes.All.All(purpose =>
            {
                var said = choices.LastOrDefault(choice => choice.Item1 == purpose).Item2;
                var history = person.Choices.Where(e => e.Purpose == purpose).Select(e => e.Given).ToArray();
                var alternates = history.Select((given, i) => given == (i % 2 == 0)).All(right => right);
                return person.Allows(purpose) == said && alternates;
            });
        });
}
