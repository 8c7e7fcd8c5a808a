using EPerfect.Privacy.People;
using EPerfect.Privacy.Requests;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Tests.Rules;

public sealed class RestrictingAndObjecting
{
    private static readonly DateTimeOffset Now = Given.Now;
    private static readonly Person Restricted = new Person().Restricted(3);

    private static readonly Request Objection = Request.Create(new RequestFiled(
        Guid.CreateVersion7(), Given.AccountId, RequestKind.Objection, "gdpr", Filers.Owner, Now, null, Now.AddDays(30), Now,
        Purposes: ["security", "direct-mail"])).Apply(new RequestStarted(Now))
        .Apply(new ObjectionWeighed("direct-mail", Granted: true, ObjectionGrounds.DirectMarketing, Now));

    private static readonly Filer Person = new(Filers.Owner, Verifications.RecentSignIn);
    private static readonly Filer Stale = new(Filers.Owner, Proof: null);

    [Fact]
    public void A_restriction_takes_effect_once_and_anew_while_its_end_is_announced()
    {
        Restricting.Restrict(person: null, Now).ShouldBe(Decision.Of(new ProcessingRestricted(Now)));
        Restricting.Restrict(Restricted, Now).ShouldBe(Decision.Nothing);
        var ending = Restricted.Apply(new RestrictionEnding("accuracy-verified", Now.AddDays(7), Now));
        Restricting.Restrict(ending, Now).ShouldBe(Decision.Of(new ProcessingRestricted(Now)));
        Restricting.Restrict(Restricted.Lifted(4), Now).ShouldBe(Decision.Of(new ProcessingRestricted(Now)));
    }

    [Fact]
    public void The_person_is_told_a_week_before_we_lift_a_restriction_and_not_later()
    {
        var told = new RestrictionEnding("accuracy-verified", Now.AddDays(7), Now);
        Restricting.Announce(Restricted, "accuracy-verified", Now).ShouldBe(Decision.Of(told));
        Restricting.Announce(Restricted.Apply(told), "accuracy-verified", Now).ShouldBe(Decision.Nothing);
        Restricting.Announce(Restricted, "because", Now).Refusal!.Code.ShouldBe("lift-ground-unknown");
        Restricting.Announce(new Person(), "accuracy-verified", Now).Refusal!.Code.ShouldBe("not-restricted");

        Restricting.Lift(Restricted, Now.AddYears(1)).ShouldBe(Decision.Nothing, "nobody was told");
        Restricting.Lift(Restricted.Apply(told), Now.AddDays(6)).ShouldBe(Decision.Nothing);
        Restricting.Lift(Restricted.Apply(told), Now.AddDays(7)).ShouldBe(Decision.Of(new RestrictionLifted(Now.AddDays(7))));
    }

    [Fact]
    public void An_answer_to_an_earlier_order_says_nothing_about_the_last_one()
    {
        var again = Restricted.Lifted(5).Restricted(7);
        var late = new RestrictionConfirmed("orders", IsRestricted: true, 3, Now);
        Restricting.Confirm(again, late).ShouldBe(Decision.Nothing);
        Restricting.Confirm(new Person(), late).ShouldBe(Decision.Nothing);
        var answer = late with { PersonVersion = 7 };
        Restricting.Confirm(again, answer).ShouldBe(Decision.Of(answer));
        Restricting.Confirm(again.Apply(answer), answer).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void To_direct_marketing_there_is_nothing_to_weigh()
    {
        Objections.Begin(["direct-mail", "partner-sharing"], Now).Select(e => e.GetType().Name)
            .ShouldBe(["ObjectionWeighed", "ObjectionWeighed", "RequestDone"]);
        Objections.Begin(["security", "direct-mail"], Now).ShouldHaveSingleItem()
            .ShouldBe(new ObjectionWeighed("direct-mail", Granted: true, "direct-marketing", Now));
        var willing = new Person().Apply(Given.Consent(Purposes.DirectMail, given: true));
        Objecting.Raise(willing, Purposes.DirectMail, 1, Now).Events.ShouldBe(
        [
            new ObjectionRaised(Purposes.DirectMail, Now),
            new ConsentChanged(Purposes.DirectMail, Given: false, Channels.Request, 1, Now),
        ]);
    }

    [Fact]
    public void Another_interest_of_ours_is_weighed_with_a_ground_and_the_last_one_ends_the_request()
    {
        WeighObjection.Decide(Objection, new("security", Granted: true, "not-necessary"), Now).Events
            .Select(e => e.GetType().Name).ShouldBe(["ObjectionWeighed", "RequestDone"]);
        WeighObjection.Decide(Objection, new("security", Granted: true, "compelling-grounds"), Now)
            .ShouldBe(RequestRefusals.UnknownObjectionGround);
        WeighObjection.Decide(Objection, new("bookkeeping", Granted: false, "legal-claims"), Now)
            .ShouldBe(RequestRefusals.NotWeighable);
        WeighObjection.Decide(Objection, new("direct-mail", Granted: false, "legal-claims"), Now)
            .ShouldBe(RequestRefusals.Weighed, "it was granted by law");
        var alone = Objection with { Purposes = ["security"], Weighed = [] };
        WeighObjection.Decide(alone, new("security", Granted: false, "compelling-grounds"), Now).Events[^1]
            .ShouldBe(new RequestRefused("compelling-grounds", Now));
        WeighObjection.Decide(alone with { StartedAt = null }, new("security", Granted: false, "legal-claims"), Now)
            .ShouldBe(RequestRefusals.NotWeighable);
        RefuseRequest.Decide(alone, "excessive", Now).ShouldBe(RequestRefusals.HasBegun);
        CompleteRequest.Decide(alone, [], Now).Refusal!.Code.ShouldBe("request-completes-itself");
    }

    [Fact]
    public void Who_takes_a_protection_back_proves_to_be_the_person()
    {
        WithdrawRequest.Decide(Objection, Stale, Now).ShouldBe(RequestRefusals.NotVerified);
        WithdrawRequest.Decide(Objection, Person, Now).ShouldBe(Decision.Of(new RequestWithdrawn(Now)));
        WithdrawRequest.Decide(Objection.Apply(new RequestWithdrawn(Now)), Person, Now).ShouldBe(Decision.Nothing);
        WithdrawRequest.Decide(Objection with { StartedAt = null }, Stale, Now)
            .ShouldBe(Decision.Of(new RequestWithdrawn(Now)), "nothing has begun");
        WithdrawRequest.Decide(Objection with { Kind = RequestKind.Erasure }, Person, Now)
            .ShouldBe(RequestRefusals.NotWithdrawable);
        WithdrawRequest.Decide(Objection.Apply(new RequestRefused("excessive", Now)), Person, Now)
            .ShouldBe(RequestRefusals.Over);
    }
}
