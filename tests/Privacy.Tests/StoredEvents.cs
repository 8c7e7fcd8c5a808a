using System.Text;
using EPerfect.Contracts.Partners;
using EPerfect.PersonalData;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.LegalHolds;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.Partners.Queues;
using EPerfect.Privacy.Partners.Sandbox;
using EPerfect.Privacy.Partners.Sharing;
using EPerfect.Privacy.Partners.Webhooks;
using EPerfect.Privacy.People;
using EPerfect.Privacy.Policy;
using EPerfect.Privacy.Policy.Reviews;
using EPerfect.Privacy.Register.Checkpoints;
using EPerfect.Privacy.Register.Keys;
using EPerfect.Privacy.Requests;
using EPerfect.Privacy.Requests.Erasure;
using EPerfect.Privacy.Requests.Erasure.Recipients;
using EPerfect.Privacy.Requests.Exports;
using EPerfect.Privacy.Requests.Rectification;
using EPerfect.Privacy.Signing;
using EPerfect.Privacy.Tests.Partners;
using EPerfect.Privacy.Tests.Slices;
using EPerfect.Privacy.Withholding;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Marten;
using ExportKey = EPerfect.Contracts.Privacy.ExportKey;

namespace EPerfect.Privacy.Tests;

/// <summary>What is stored stays readable for ever: a sample of every event as it was first written.</summary>
public sealed class StoredEvents(PrivacyService privacy) : IClassFixture<PrivacyService>
{
    private static readonly ApprovedSamples Samples = new("tests/Privacy.Tests/Samples");

    private const string Envelope =
        "p1.logs.1.0190f3a0000070008000000000000abc.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLQ";

    private const string ContactEnvelope =
        "p1.contact.1.0195a0000000700080000000000000aa."
        + "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLQ";

    private const string MandateEnvelope =
        "p1.communications.1.0195a0000000700080000000000000aa."
        + "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLQ";

    /// <summary>What an agent showed.</summary>
    internal static readonly Sealed<Mandate> Mandate = Sealed.Parse<Mandate>(MandateEnvelope);

    private static readonly ExportGranted Granted =
        new(Given.AccountId, Given.AccountId, Given.AccountId, Given.AccountId, ExportKinds.Access, Given.Now);

    private static readonly LegalHoldAsked Hold = new(
        Given.AccountId, Given.AccountId, ["identity", "billing"], "case:2026-117", Given.Now, Given.AccountId, Given.LastYear);

    private static readonly Dictionary<string, object> Events = new(StringComparer.Ordinal)
    {
        ["document_published"] = PublishDocument.Decide(null, Given.Text(1), Given.Now).Events[0],
        ["policy_set_published"] = Given.TwoSets.All[0],
        ["policy_set_acknowledged"] = Given.Acknowledged(1),
        ["acknowledgement_postponed"] = new AcknowledgementPostponed(1, Given.LastYear, Given.Now),
        ["acknowledgement_refused"] = new AcknowledgementRefused(1, "policy-set-unknown", Given.Now),
        ["opening_recorded"] = Given.Recorded() with { Details = Sealed.Parse<OpeningDetails>(Envelope) },
        ["opening_key_made"] = new OpeningKeyMade("key-id", "eA", "eQ", "s1.1.AQID", Given.Now),
        ["register_begun"] = new RegisterBegun(Given.Now),
        ["checkpoint_signed"] = new CheckpointSigned(3, new string('a', 64), Given.Now, "header.payload.signature"),
        ["consent_changed"] = Given.Consent(Purposes.DirectMail, given: true),
        ["notice_due"] = new NoticeDue("privacy-policy", 2, Materiality.Material, Given.Now),
        ["purposes_declared"] = new PurposesDeclared(
            2, [new("security", Bases.LegitimateInterest, ["logs"], "To keep it safe.", "lia-1")]),
        ["notice_given"] = new NoticeGiven(2, Channels.Api, Given.Now),
        ["objection_raised"] = new ObjectionRaised("security", Given.Now),
        ["objection_withdrawn"] = new ObjectionWithdrawn("security", Given.Now),
        ["processing_restricted"] = new ProcessingRestricted(Given.Now),
        ["restriction_lifted"] = new RestrictionLifted(Given.Now),
        ["restriction_ending"] = new RestrictionEnding("accuracy-verified", Given.Now, Given.LastYear),
        ["restriction_confirmed"] = new RestrictionConfirmed("orders", IsRestricted: true, 3, Given.Now),
        ["objection_overruled"] = new ObjectionOverruled("security", "legal-claims", Given.Now),
        ["objection_weighed"] = new ObjectionWeighed("security", Granted: false, "legal-claims", Given.Now),
        ["request_withdrawn"] = new RequestWithdrawn(Given.Now),
        ["checks_ran"] = new ChecksRan(Given.LastYear, [new("A.Test.that_holds", Passed: true)], Given.Now),
        ["request_filed"] = new RequestFiled(
            Given.AccountId, Given.AccountId, RequestKind.OptOut, "ccpa", Filers.Agent, Given.LastYear, Given.Now, Given.Now,
            Given.Now, Mandate),
        ["request_acknowledged"] = new RequestAcknowledged(Given.Now),
        ["identity_verified"] = new IdentityVerified("mandate-checked", Given.Now),
        ["request_started"] = new RequestStarted(Given.Now),
        ["request_extended"] = new RequestExtended("complexity", Given.Now, Given.LastYear),
        ["request_refused"] = new RequestRefused("excessive", Given.Now),
        ["request_done"] = new RequestDone(Given.Now),
        ["request_overdue"] = new RequestOverdue("answer", Given.LastYear, Given.Now),
        ["export_granted"] = Granted,
        ["export_ordered"] = new ExportOrdered(
            Granted, new ExportKey("EC", "P-256", "AQ", "Ag"), Sealed.Parse<ExportSecret>(MandateEnvelope), Given.Now),
        ["export_part_kept"] = new ExportPartKept(
            "orders", Given.AccountId, 2, 3, IsLast: true, 17, Given.LastYear, Given.Now),
        ["export_ready"] = new ExportReady(Given.LastYear, Given.Now),
        ["export_downloaded"] = new ExportDownloaded(Given.AccountId, Given.Now),
        ["export_called_off"] = new ExportCalledOff(Given.Now),
        ["export_ended"] = new ExportEnded(ExportEnds.Expired, Given.Now),
        ["erasure_ordered"] = new ErasureOrdered(
            Given.AccountId, Given.AccountId, Given.AccountId, Given.Now),
        ["store_erased"] = new StoreErased(new StoreProof(
            "orders", [new ShreddedGroup("identity", 2, [1, 2], Given.Now)],
            [new HeldBack("billing", "tax-law", Given.Now)], [new RemovedRows("logins", 1)],
            new SearchResult(30, 80, 9, 0, 7, 2, SearchedAgain: true), Given.Now, 6, UnreadableInCopies: true,
            Given.LastYear, [new AcceptedPlace("store.mt_events", "headers", "note", 1, "coincidence")])),
        ["store_stopped"] = new StoreStopped(
            "accounts", [new FoundAt("store.mt_events", "headers", 1, "note")], Given.Now, 4, Given.LastYear),
        ["found_place_accepted"] = new FoundPlaceAccepted(
            "accounts", new AcceptedPlace("store.mt_events", "headers", "note", 1, "coincidence"), Given.Now),
        ["recipients_told"] = new RecipientsTold(
            [new ErasureRecipient(GivenPartners.PartnerId, "Example Ltd")], Given.Now, Given.LastYear),
        ["recipient_erased"] = new RecipientErased(GivenPartners.PartnerId, RecipientAnswers.ByApi, Given.Now),
        ["recipient_overdue"] = new RecipientOverdue(GivenPartners.PartnerId, Given.Now),
        ["erasure_proven"] = new ErasureProven(Given.Now),
        ["erasure_certified"] = new ErasureCertified(1, "header.payload.signature", IsFinal: true, Given.Now),
        ["person_erasure_ordered"] = new PersonErasureOrdered(Given.AccountId, Given.Now),
        ["person_erased"] = new PersonErased(
            Given.AccountId, [new HeldBack("billing", "tax-law", Given.Now)], Given.Now, IsFinal: true),
        ["feed_entry_recorded"] = RecordEntry.Entry(
            Given.AccountId, "a", new OrderPaidData(Given.AccountId, "USD", "10.00", Given.Now), Given.Now,
            onlyFor: GivenPartners.PartnerId) with
        {
            Enclosed = Sealed.Parse<EnclosedValues>(ContactEnvelope),
        },
        ["synthetic_person_added"] = new SyntheticPersonAdded(Given.AccountId, Given.Now),
        ["synthetic_person_made"] = new SyntheticPersonMade(
            GivenPartners.PartnerId, 1, [new SetMember("privacy-policy", 1, "-")], Given.Now),
        ["synthetic_consent_withdrawn"] = new SyntheticConsentWithdrawn(1, Given.Now),
        ["synthetic_account_closed"] = new SyntheticAccountClosed(Given.Now),
        ["synthetic_person_erased"] = new SyntheticPersonErased(Given.AccountId, Given.Now),
        ["partner_registered"] = new PartnerRegistered(
            Given.AccountId, "Example Ltd", PartnerKind.PaymentProcessor, PartnerMode.Live,
            Sealed.Parse<ErasureContact>(ContactEnvelope), new PartnerKey("EC", "P-256", "eA", "eQ", "key-1"), Given.Now),
        ["partner_key_changed"] = new PartnerKeyChanged(new PartnerKey("EC", "P-256", "eA", "eQ", "key-2"), Given.Now),
        ["asking_begun"] = new AskingBegun(2, Given.Now),
        ["asking_ended"] = new AskingEnded(2, Given.Now),
        ["partner_data_asked"] = new PartnerDataAsked(
            Given.AccountId, Given.AccountId, Given.AccountId, 1, ["name"], new("EC", "P-256", "eA", "eQ", "key-1"), Given.Now),
        ["partner_data_received"] = new PartnerDataReceived(Given.AccountId, "accounts", Given.Now),
        ["agreement_proposed"] = new AgreementProposed(
            1, GivenPartners.Agreed with { Until = Given.Now }, Given.AccountId, Given.Now),
        ["agreement_approved"] = new AgreementApproved(1, "legal", Given.AccountId, Given.Now),
        ["agreement_activated"] = new AgreementActivated(1, Given.Now, Given.Now.AddYears(1)),
        ["agreement_narrowed"] = new AgreementNarrowed(2, GivenPartners.Agreed, Given.Now),
        ["partner_suspended"] = new PartnerSuspended(StopReason.ErasureNotAcknowledged, Given.Now),
        ["partner_resumed"] = new PartnerResumed(Given.Now),
        ["agreement_ended"] = new AgreementEnded(StopReason.AgreementOver, Given.Now),
        ["erasure_contact_forgotten"] = new ErasureContactForgotten(Given.Now),
        ["webhook_set"] = new WebhookSet(
            GivenPartners.PartnerId, "https://partner.example/events", [OrderPaidData.EventType], Given.Now),
        ["webhook_secret_made"] = new WebhookSecretMade(Given.AccountId, "s1.1.AQID", Given.LastYear, Given.Now),
        ["webhook_disabled"] = new WebhookDisabled(DisabledReason.Failing, Given.Now),
        ["webhook_resumed"] = new WebhookResumed(17, Given.Now),
        ["queue_access_given"] = new QueueAccessGiven(Given.Now, Given.AccountId, "s1.1.AQID"),
        ["queue_closed"] = new QueueClosed(Given.Now),
        ["webhook_removed"] = new WebhookRemoved(Given.Now),
        ["account_closure_noted"] = new AccountClosureNoted(Given.LastYear, Given.Now),
        ["closed_account_erasure_postponed"] = new ClosedAccountErasurePostponed(Given.Now, Given.LastYear),
        ["data_rectified"] = new DataRectified(
            Given.AccountId, Given.AccountId, "accounts", ["email", "address"], Given.Now, Given.Now),
        ["rectification_settled"] = new RectificationSettled(Given.AccountId, [GivenPartners.PartnerId], Given.Now),
        ["recipient_given_time"] = new RecipientGivenTime(GivenPartners.PartnerId, Given.Now, Given.Now),
        ["recipient_told"] = new RecipientTold(Given.AccountId, GivenPartners.PartnerId, "by-letter", Given.Now),
        ["withholding_ordered"] = new WithholdingOrdered(
            Given.AccountId, Given.AccountId, "case:4711", "court-order", "AG-7/2026", Statements.Written, Given.Now,
            Given.AccountId, Given.LastYear),
        ["withholding_approved"] = new WithholdingApproved(Given.AccountId, Given.Now),
        ["withholding_lifted"] = new WithholdingLifted(Given.AccountId, Given.Now),
        ["legal_hold_asked"] = Hold,
        ["legal_hold_approved"] = new LegalHoldApproved(Hold, Given.AccountId, Given.Now),
        ["legal_hold_release_asked"] = new LegalHoldReleaseAsked(Given.AccountId, Given.Now),
        ["legal_hold_release_withdrawn"] = new LegalHoldReleaseWithdrawn(Given.AccountId, Given.Now),
        ["legal_hold_released"] = new LegalHoldReleased(Hold, Given.AccountId, Given.Now),
        ["legal_hold_confirmed"] = new LegalHoldConfirmed("orders", IsHeld: true, 2, ["logs"], Given.Now),
        ["data_map_generated"] = Given.DataMap(),
        ["review_planned"] = new ReviewPlanned("S5", new DateOnly(2027, 3, 1)),
        ["control_reviewed"] = new ControlReviewed("S5", new DateOnly(2026, 3, 1), new DateOnly(2027, 3, 1)),
        ["review_overdue"] = new ReviewOverdue("S5", new DateOnly(2026, 3, 1), Given.Now),
        ["signing_key_made"] = new SigningKeyMade("key-id", "eA", "eQ", "s1.1.AQID", Given.Now),
    };

    public static TheoryData<string> Names => [.. Events.Keys];

    private IDocumentStore Store => privacy.Get<IDocumentStore>();

    [Fact]
    public void Every_event_that_is_registered_has_a_sample() => Store.Options.Events.AllKnownEventTypes()
        .Where(type => type.EventType.Assembly == typeof(Person).Assembly)
        .Select(type => type.EventTypeName)
        .ShouldBe(Samples.Names, ignoreOrder: true);

    [Theory, MemberData(nameof(Names))]
    public void An_event_is_written_as_it_always_was(string name) =>
        Samples.Matches(name, Store.Options.Serializer().ToJson(Events[name])).ShouldBeTrue();

    [Theory, MemberData(nameof(Names))]
    public void A_sample_is_read_as_the_event_that_it_was(string name)
    {
        using var sample = new MemoryStream(Encoding.UTF8.GetBytes(Samples.Read(name)));
        var read = Store.Options.Serializer().FromJson(Events[name].GetType(), sample);
        Store.Options.Serializer().ToJson(read).ShouldBe(Store.Options.Serializer().ToJson(Events[name]));
    }
}
