using CsCheck;
using EPerfect.Accounts.Policies;
using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.Tests.Rules;

public sealed class KnowingPolicySets
{
    private static readonly DateTimeOffset LastYear = Given.Now.AddYears(-1);

    [Fact]
    public void A_set_is_learned_once()
    {
        var news = new PolicySetLearned(1, LastYear);
        KnownPolicySets.Learn(null, news).ShouldBe(Decision.Of(news));
        KnownPolicySets.Learn(KnownPolicySets.Create(news), news).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void A_set_is_superseded_when_a_later_one_is_in_force()
    {
        var known = Fold([new(1, LastYear), new(2, Given.Now)]);
        known.Check(1, Given.Now.AddTicks(-1)).ShouldBeNull();
        known.Check(1, Given.Now)!.Code.ShouldBe("policy-set-superseded");
        known.Check(1, Given.Now)!.Status.ShouldBe(409);
        known.Check(2, Given.Now).ShouldBeNull();
    }

    [Fact]
    public void A_set_that_was_announced_may_be_accepted_before_it_is_in_force() =>
        Fold([new(1, LastYear), new(2, Given.Now.AddDays(30))]).Check(2, Given.Now).ShouldBeNull();

    [Fact]
    public void A_set_whose_message_is_late_exists_because_a_later_one_does() =>
        Fold([new(2, Given.Now.AddDays(30))]).Check(1, Given.Now).ShouldBeNull();

    [Fact]
    public void Whatever_the_order_and_the_repeats_the_knowledge_is_the_same() =>
        Gen.Int[1, 6].Array[1, 20].Sample(numbers =>
        {
            var messages = numbers.Select(n => new PolicySetLearned(n, LastYear.AddDays(n))).ToArray();
            var learned = messages.Aggregate(default(KnownPolicySets), (known, news) =>
                KnownPolicySets.Learn(known, news).Events is [PolicySetLearned e]
                    ? known?.Apply(e) ?? KnownPolicySets.Create(e)
                    : known);
            var sorted = Fold([.. messages.OrderBy(news => news.PolicySet)]);
            return learned!.EffectiveAt.SequenceEqual(sorted.EffectiveAt);
        });

    private static KnownPolicySets Fold(PolicySetLearned[] events) =>
        events.Aggregate(KnownPolicySets.None, (known, e) => known.Apply(e));
}
