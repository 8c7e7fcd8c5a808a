using EPerfect.Privacy.People;
using EPerfect.Privacy.Requests;
using EPerfect.Privacy.Requests.Clocks;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Tests.Requests;

public sealed class DecidingOnRequests
{
    private static readonly DateTimeOffset Now = Given.Now;
    private static readonly Clock Gdpr = ShippedClocks.Read().Find("gdpr")!;
    private static readonly Filer Owner = new(Filers.Owner, Verifications.RecentSignIn);
    private static readonly Filer Stale = new(Filers.Owner, Proof: null);
    private static readonly Filer Staff = new(Filers.Staff, Proof: null);

    private const string Support = "user/support";
    private const string Officer = "user/officer";

    private static readonly RequestFiled Filed = new(
        Guid.CreateVersion7(), Given.AccountId, RequestKind.Access, "gdpr", Filers.Owner, Now,
        AcknowledgeBy: null, Gdpr.AnswerBy(RequestKind.Access, Now), Now);

    private static readonly Request Fresh = Request.Create(Filed);
    private static readonly Request Verified = Fresh.Apply(new IdentityVerified("in-person", Now));
    private static readonly Request Started = Verified.Apply(new RequestStarted(Now));
    private static readonly Request Done = Started.Apply(new RequestDone(Now));
    private static readonly Request Refused = Fresh.Apply(new RequestRefused("excessive", Now));

    [Fact]
    public void Given_an_owner_who_just_signed_in_it_is_acknowledged_verified_and_begins() =>
        FileRequest.Decide(Filed, Owner).Events.Select(e => e.GetType().Name)
            .ShouldBe(["RequestFiled", "RequestAcknowledged", "IdentityVerified", "RequestStarted"]);

    [Fact]
    public void Given_an_owner_who_signed_in_long_ago_it_waits_for_the_proof() =>
        FileRequest.Decide(Filed, Stale).Events.Select(e => e.GetType().Name)
            .ShouldBe(["RequestFiled", "RequestAcknowledged"]);

    [Fact]
    public void Given_staff_that_files_a_letter_nothing_is_acknowledged_by_itself() =>
        FileRequest.Decide(Filed, Staff).Events.ShouldBe([Filed]);

    [Fact]
    public void A_mandate_and_a_date_of_receipt_are_for_staff_to_state()
    {
        var mandate = new FileRequestRequest(RequestKind.Access, Mandate: "power of attorney 7");
        FileRequest.Check(mandate, Gdpr, Owner, Now).ShouldBe(RequestRefusals.MandateNotYours);
        FileRequest.Check(mandate with { Mandate = "two\nlines" }, Gdpr, Staff, Now).ShouldBe(RequestRefusals.MandateNotYours);
        FileRequest.Check(mandate, Gdpr, Staff, Now).ShouldBeNull();
        var letter = new FileRequestRequest(RequestKind.Access, ReceivedAt: Now.AddDays(-3));
        FileRequest.Check(letter, Gdpr, Owner, Now).ShouldBe(RequestRefusals.ReceivedInFuture);
        FileRequest.Check(letter with { ReceivedAt = Now.AddSeconds(1) }, Gdpr, Staff, Now)
            .ShouldBe(RequestRefusals.ReceivedInFuture);
        FileRequest.Check(letter, Gdpr, Staff, Now).ShouldBeNull();
        FileRequest.Check(letter, clock: null, Staff, Now).ShouldBe(RequestRefusals.UnknownRegime);
    }

    [Fact]
    public void Nothing_begins_before_it_is_known_who_asks()
    {
        StartRequest.Decide(Fresh, Officer, Now).ShouldBe(RequestRefusals.NotVerified);
        StartRequest.Decide(Verified, Officer, Now).ShouldBe(Decision.Of(new RequestStarted(Now)));
        StartRequest.Decide(Started, Officer, Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void An_agent_is_recognised_and_the_mandate_is_checked_before_it_begins()
    {
        var agents = Fresh with { FiledBy = Filers.Agent, Mandate = StoredEvents.Mandate };
        var mandate = new IdentityVerified("mandate-checked", Now, Support);
        var identity = new IdentityVerified("document-checked", Now, Support);

        VerifyIdentity.Decide(agents, Staff, Support, "mandate-checked", Now).ShouldBe(Decision.Of(mandate));
        VerifyIdentity.Decide(agents.Apply(mandate), Staff, Support, "mandate-checked", Now).ShouldBe(Decision.Nothing);
        VerifyIdentity.Decide(agents.Apply(mandate), Staff, Support, "document-checked", Now).ShouldBe(Decision.Of(identity));
        VerifyIdentity.Decide(Fresh, Staff, Support, "mandate-checked", Now).ShouldBe(RequestRefusals.NoMandate);

        StartRequest.Decide(agents.Apply(mandate), Officer, Now).ShouldBe(RequestRefusals.NotVerified);
        StartRequest.Decide(agents.Apply(identity), Officer, Now).ShouldBe(RequestRefusals.MandateNotChecked);
        agents.Apply(identity).State.ShouldBe(RequestState.Filed);
        var both = agents.Apply(identity).Apply(mandate);
        both.State.ShouldBe(RequestState.Verified);
        StartRequest.Decide(both, Officer, Now).ShouldBe(Decision.Of(new RequestStarted(Now)));
        VerifyIdentity.Decide(agents, Owner, "user/person", method: null, Now).Events.Count.ShouldBe(2, "the person asks too");
    }

    [Fact]
    public void Who_has_checked_the_identity_does_not_begin_the_erasure()
    {
        var checkedByUs = Fresh with { Kind = RequestKind.Erasure, Verified = new IdentityVerified("callback", Now, Officer) };

        StartRequest.Decide(checkedByUs, Officer, Now).ShouldBe(RequestRefusals.SecondPerson);
        StartRequest.Decide(checkedByUs, "user/another", Now).ShouldBe(Decision.Of(new RequestStarted(Now)));
        StartRequest.Decide(checkedByUs with { Kind = RequestKind.Access }, Officer, Now)
            .ShouldBe(Decision.Of(new RequestStarted(Now)));
    }

    [Fact]
    public void Staff_says_how_it_was_checked_and_an_owner_proves_it_by_signing_in()
    {
        VerifyIdentity.Decide(Fresh, Staff, Support, "callback", Now)
            .ShouldBe(Decision.Of(new IdentityVerified("callback", Now, Support)));
        VerifyIdentity.Decide(Fresh, Staff, Support, "looked honest", Now).ShouldBe(RequestRefusals.UnknownMethod);
        VerifyIdentity.Decide(Fresh, Staff, Support, method: null, Now).ShouldBe(RequestRefusals.UnknownMethod);
        VerifyIdentity.Decide(Fresh, Stale, "user/person", "callback", Now).ShouldBe(RequestRefusals.NotVerified);
        VerifyIdentity.Decide(Fresh, Owner, "user/person", method: null, Now).ShouldBe(
            Decision.Of(new IdentityVerified("recent-sign-in", Now), new RequestStarted(Now)));
        VerifyIdentity.Decide(Verified, Stale, "user/person", method: null, Now).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void It_takes_longer_once_with_a_reason_and_only_if_said_in_time()
    {
        var extended = ExtendRequest.Decide(Started, "complexity", Gdpr, Now).Events.ShouldHaveSingleItem()
            .ShouldBeOfType<RequestExtended>();
        extended.AnswerBy.ShouldBe(Gdpr.ExtendedTo(RequestKind.Access, Now)!.Value);
        ExtendRequest.Decide(Started.Apply(extended), "complexity", Gdpr, Now).ShouldBe(RequestRefusals.NoExtension);
        ExtendRequest.Decide(Started, "vacation", Gdpr, Now).ShouldBe(RequestRefusals.UnknownReason);
        ExtendRequest.Decide(Started, "complexity", Gdpr, Started.AnswerBy).ShouldBe(RequestRefusals.ExtensionTooLate);
        ExtendRequest.Decide(Started, "complexity", ShippedClocks.Read().Find("korea"), Now)
            .ShouldBe(RequestRefusals.NoExtension);
    }

    [Fact]
    public void It_is_refused_with_a_ground_of_the_list_and_an_erasure_that_began_is_not()
    {
        RefuseRequest.Decide(Fresh, "excessive", Now).ShouldBe(Decision.Of(new RequestRefused("excessive", Now)));
        RefuseRequest.Decide(Fresh, "busy", Now).ShouldBe(RequestRefusals.UnknownGround);
        RefuseRequest.Decide(Started with { Kind = RequestKind.Erasure }, "excessive", Now).ShouldBe(RequestRefusals.Over);
    }

    [Fact]
    public void The_officer_completes_what_was_started_but_an_erasure_and_an_export_complete_themselves()
    {
        CompleteRequest.Decide(Started with { Kind = RequestKind.OptOut }, [], Now)
            .ShouldBe(Decision.Of(new RequestDone(Now)));
        CompleteRequest.Decide(Verified, [], Now).ShouldBe(RequestRefusals.NotStarted);
        CompleteRequest.Decide(Done, [], Now).ShouldBe(Decision.Nothing);
        CompleteRequest.Decide(Refused, [], Now).ShouldBe(RequestRefusals.Over);
        foreach (var kind in (RequestKind[])[RequestKind.Erasure, RequestKind.Access, RequestKind.Portability])
        {
            CompleteRequest.Decide(Started with { Kind = kind }, [], Now).Refusal!.Code
                .ShouldBe("request-completes-itself");
        }
    }

    [Fact]
    public void What_is_over_does_not_change_any_more()
    {
        foreach (var over in new[] { Done, Refused })
        {
            StartRequest.Decide(over, Officer, Now).ShouldBe(RequestRefusals.Over);
            VerifyIdentity.Decide(over, Owner, "user/person", null, Now).ShouldBe(RequestRefusals.Over);
            ExtendRequest.Decide(over, "complexity", Gdpr, Now).ShouldBe(RequestRefusals.Over);
            RefuseRequest.Decide(over, "excessive", Now).ShouldBe(RequestRefusals.Over);
            WatchClock.Decide(over, WatchClock.Answer, over.AnswerBy, over.AnswerBy).ShouldBe(Decision.Nothing);
        }
    }

    [Fact]
    public void A_clock_that_ran_out_is_noticed_and_one_that_was_moved_is_not()
    {
        var late = Fresh.AnswerBy;
        WatchClock.Decide(Fresh, WatchClock.Answer, late, late)
            .ShouldBe(Decision.Of(new RequestOverdue(WatchClock.Answer, late, late)));
        var extended = Fresh.Apply(new RequestExtended("complexity", late.AddDays(60), Now));
        WatchClock.Decide(extended, WatchClock.Answer, late, late).ShouldBe(Decision.Nothing);
        var acknowledged = Fresh.Apply(new RequestAcknowledged(Now));
        WatchClock.Decide(acknowledged, WatchClock.Acknowledgement, late, late).ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void An_opt_out_withdraws_what_was_given_and_nothing_else()
    {
        var willing = new Person().Apply(Given.Consent(Purposes.DirectMail, given: true));
        Objecting.OptOut(willing, policySet: 1, Now).ShouldBe(Decision.Of(
            new ConsentChanged(Purposes.DirectMail, Given: false, Channels.Request, 1, Now)));
        Objecting.OptOut(person: null, policySet: 1, Now).Events.ShouldBeEmpty();
    }
}
