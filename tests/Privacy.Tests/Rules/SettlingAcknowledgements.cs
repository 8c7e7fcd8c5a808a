using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Tests.Rules;

/// <summary>An account was opened with a set; its message may come before or after the set is published.</summary>
public sealed class SettlingAcknowledgements
{
    private static readonly DateTimeOffset Opened = Given.Now.AddHours(-1);

    [Fact]
    public void A_set_that_was_in_force_at_the_opening_is_accepted_even_if_the_message_is_late() =>
        Settle(person: null, policySet: 1, now: Given.Now.AddDays(3))
            .ShouldBeOfType<PolicySetAcknowledged>().AcknowledgedAt.ShouldBe(Opened);

    [Fact]
    public void A_set_that_was_superseded_at_the_opening_is_refused()
    {
        var refused = SettleAcknowledgement.Decide(null, Given.TwoSets, 1, Given.Now, Given.Now).Events
            .ShouldHaveSingleItem().ShouldBeOfType<AcknowledgementRefused>();
        refused.Reason.ShouldBe("policy-set-superseded");
    }

    [Fact]
    public void An_unknown_set_is_looked_at_again_soon()
    {
        var postponed = Settle(person: null, policySet: 3, now: Opened).ShouldBeOfType<AcknowledgementPostponed>();
        postponed.CheckAt.ShouldBe(Opened.AddSeconds(10));
    }

    [Fact]
    public void Each_time_after_twice_as_long()
    {
        var now = Opened.AddMinutes(7);
        Settle(person: null, policySet: 3, now).ShouldBeOfType<AcknowledgementPostponed>().CheckAt
            .ShouldBe(Opened.AddMinutes(14));
    }

    [Fact]
    public void It_ends_within_a_few_looks_and_a_refusal()
    {
        var (person, now, looks) = (new Person(), Opened, 0);
        while (Settle(person, policySet: 99, now) is AcknowledgementPostponed postponed)
        {
            (person, now, looks) = (person.Apply(postponed), postponed.CheckAt, looks + 1);
            looks.ShouldBeLessThan(20);
        }

        var refused = Settle(person, policySet: 99, now).ShouldBeOfType<AcknowledgementRefused>();
        refused.Reason.ShouldBe("policy-set-unknown");
        (now - Opened).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromDays(1));
        person.Apply(refused).Postponed.ShouldBeNull();
    }

    [Fact]
    public void Before_anything_is_published_it_waits() =>
        SettleAcknowledgement.Decide(null, known: null, 1, Opened, Opened).Events
            .ShouldHaveSingleItem().ShouldBeOfType<AcknowledgementPostponed>();

    [Fact]
    public void What_the_person_already_said_directly_settles_it() =>
        SettleAcknowledgement.Decide(
            new Person().Apply(Given.Acknowledged(1)), Given.TwoSets, 1, Opened, Given.Now).ShouldBe(Decision.Nothing);

    private static object Settle(Person? person, int policySet, DateTimeOffset now) =>
        SettleAcknowledgement.Decide(person, Given.TwoSets, policySet, Opened, now).Events.ShouldHaveSingleItem();
}
