using EPerfect.Privacy.Documents;
using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Rules;

public sealed class Acknowledging
{
    private static readonly Person Nobody = new();

    [Fact, Control("nav-terms-of-service")]
    public void A_set_in_force_is_accepted_with_the_hashes_of_its_documents()
    {
        var e = Acknowledge.Decide(null, Given.TwoSets, 2, Channels.Api, Given.Now).Events
            .ShouldHaveSingleItem().ShouldBeOfType<PolicySetAcknowledged>();
        (e.PolicySet, e.Channel, e.AcknowledgedAt).ShouldBe((2, "api", Given.Now));
        e.Documents.ShouldBe(Given.Members(2));
    }

    [Fact]
    public void Accepting_again_changes_nothing() =>
        Acknowledge.Decide(Nobody.Apply(Given.Acknowledged(2)), Given.TwoSets, 2, Channels.Api, Given.Now)
            .ShouldBe(Decision.Nothing);

    [Fact, Control("nav-terms-of-service")]
    public void A_superseded_set_is_refused() =>
        Acknowledge.Decide(null, Given.TwoSets, 1, Channels.Api, Given.Now).ShouldBe(PolicySets.Superseded);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3)]
    public void An_unknown_set_is_refused(int policySet) =>
        Acknowledge.Decide(null, Given.TwoSets, policySet, Channels.Api, Given.Now).ShouldBe(PolicySets.Unknown);
}
