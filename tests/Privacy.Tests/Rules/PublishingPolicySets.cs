using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Rules;

public sealed class PublishingPolicySets
{
    [Fact]
    public void The_first_set_is_number_one() =>
        PolicySets.Publish(null, Given.Members(1), Given.LastYear, Given.Now).Events
            .ShouldBe([new PolicySetPublished(1, Given.Members(1), Given.LastYear, Given.Now)], new ByNumber());

    [Fact, Control("nav-breadcrumb")]
    public void The_set_grows_when_a_member_changes() =>
        PolicySets.Publish(Given.TwoSets, Given.Members(3), Given.Now, Given.Now).Events
            .Cast<PolicySetPublished>().ShouldHaveSingleItem().PolicySet.ShouldBe(3);

    [Theory, Control("nav-breadcrumb")]
    [InlineData(1)]
    [InlineData(2)]
    public void The_set_does_not_grow_otherwise(int version) =>
        PolicySets.Publish(Given.TwoSets, Given.Members(version), Given.Now, Given.Now).ShouldBe(Decision.Nothing);

    [Fact]
    public void The_newest_set_whose_date_has_come_is_in_force()
    {
        Given.TwoSets.InForce(Given.Now.AddTicks(-1))!.PolicySet.ShouldBe(1);
        Given.TwoSets.InForce(Given.Now)!.PolicySet.ShouldBe(2);
        PolicySets.None.InForce(Given.Now).ShouldBeNull();
    }

    private sealed class ByNumber : IEqualityComparer<object>
    {
        public new bool Equals(object? x, object? y) =>
            x is PolicySetPublished a && y is PolicySetPublished b
            && a with { Documents = [] } == b with { Documents = [] } && a.Documents.SequenceEqual(b.Documents);

        public int GetHashCode(object obj) => 0;
    }
}
