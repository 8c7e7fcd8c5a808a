using EPerfect.Privacy.DataMap;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.LegalHolds;
using EPerfect.Privacy.Partners;
using EPerfect.Privacy.People;
using EPerfect.Privacy.People.Reactions;
using EPerfect.Privacy.People.Receipts;
using EPerfect.Privacy.Policy;
using EPerfect.Privacy.Register;
using EPerfect.Privacy.Requests;
using EPerfect.Privacy.Signing;
using EPerfect.Privacy.Withholding;
using EPerfect.ServiceDefaults;
using A = EPerfect.Contracts.Accounts;
using C = EPerfect.Contracts.Privacy;

namespace EPerfect.Privacy;

internal static class PrivacyModule
{
    public static ServiceDefinition Define() => new ServiceDefinition("privacy")
        .Json(PrivacyJson.Default)
        .Event<DocumentPublished>("document_published")
        .Event<PolicySetPublished>("policy_set_published")
        .Event<PolicySetAcknowledged>("policy_set_acknowledged")
        .Event<AcknowledgementPostponed>("acknowledgement_postponed")
        .Event<AcknowledgementRefused>("acknowledgement_refused")
        .Event<ConsentChanged>("consent_changed")
        .Stream<Document>()
        .Stream<PolicySets>()
        .Stream<Person>()
        .Publishes<C.PolicySetPublished>(C.PolicySetPublished.Name)
        .Publishes<C.PolicySetAcknowledged>(C.PolicySetAcknowledged.Name, mayGoUnheard: true)
        .Publishes<C.ConsentChanged>(C.ConsentChanged.Name)
        .Publishes<C.NoticeDue>(C.NoticeDue.Name, mayGoUnheard: true)
        .Outbound(Outbound.Map)
        .Reacts<A.AccountOpened, AccountOpenedReaction>(A.AccountOpened.Name)
        .Deadlines(PrivacyDeadlines.Of)
        .Runs<SettleAcknowledgement>(SettleAcknowledgement.Kind)
        .WithRequests()
        .WithRestriction()
        .WithSigning()
        .WithRegister()
        .WithPolicy()
        .WithDataMap()
        .WithDecisions()
        .WithPartners()
        .WithWithholding()
        .WithLegalHolds()
        .Services(services => services
            .AddSingleton(ShippedTexts.Read())
            .AddHostedService<SeedDocuments>()
            .AddScoped<PublishVersion>())
        .Endpoints(app =>
        {
            var privacy = app.MapGroup("/api/privacy");
            var documents = privacy.MapGroup("").WithTags("Documents");
            ReadDocuments.Map(documents);
            ReadDocumentText.Map(documents);
            ReadPolicySet.Map(documents);
            PublishVersion.Map(documents);

            var people = privacy.MapGroup("/people").WithTags("People").ExceptOwnStreams();
            Acknowledge.Map(people);
            ReadAcknowledgements.Map(people);
            ChangeConsent.Map(people);
            HonourPrivacyControl.Map(people);
            ReadConsents.Map(people);
            ReadReceipt.Map(people);
            ReadNotices.Map(people);
            TakeNotice.Map(people);
            ReadDecision.Map(people);
            ReadRestriction.Map(people);
            AnnounceLifting.Map(people);
        });
}
