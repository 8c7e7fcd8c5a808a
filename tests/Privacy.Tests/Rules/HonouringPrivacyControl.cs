using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Tests.Rules;

public sealed class HonouringPrivacyControl
{
    private static readonly ConsentChanged Allowed = Given.Consent(Purposes.PartnerSharing, given: true);
    private static readonly ConsentChanged Forbidden = Given.Consent(Purposes.PartnerSharing, given: false);
    private static readonly ConsentChanged Signalled = Forbidden with { Channel = Channels.PrivacyControl };

    [Fact]
    public void It_withdraws_what_was_allowed() => WhenSignalled([Allowed]).ShouldBe(Decision.Of(Signalled));

    [Fact]
    public void It_is_recorded_where_nothing_was_allowed_too()
    {
        WhenSignalled([]).ShouldBe(Decision.Of(Signalled));
        WhenSignalled([Allowed, Forbidden]).ShouldBe(Decision.Of(Signalled));
    }

    [Fact]
    public void Said_again_it_changes_nothing() => WhenSignalled([Allowed, Signalled]).ShouldBe(Decision.Nothing);

    [Fact]
    public void Who_allows_sharing_after_it_is_taken_at_that_word() =>
        WhenSignalled([Signalled, Allowed]).ShouldBe(Decision.Nothing);

    [Fact]
    public void It_says_nothing_of_other_purposes() =>
        new Person().Apply(Given.Consent(Purposes.DirectMail, given: true)).Apply(Signalled)
            .Allows(Purposes.DirectMail).ShouldBeTrue();

    [Fact]
    public void It_needs_no_documents() =>
        HonourPrivacyControl.Decide(null, PolicySets.None, Given.Now).ShouldBe(Decision.Of(Signalled with { PolicySet = 0 }));

    private static Decision WhenSignalled(ConsentChanged[] history) => HonourPrivacyControl.Decide(
        history.Aggregate(new Person(), (person, e) => person.Apply(e)), Given.TwoSets, Given.Now);
}
