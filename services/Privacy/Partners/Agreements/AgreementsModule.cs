using System.Text.Json.Serialization;
using EPerfect.ServiceDefaults;
using JasperFx.Events.Projections;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>Who the partners are, and what is agreed with them.</summary>
internal static class AgreementsModule
{
    public static ServiceDefinition WithAgreements(this ServiceDefinition definition) => definition
        .Json(AgreementsJson.Default)
        .Event<PartnerRegistered>("partner_registered")
        .Event<PartnerKeyChanged>("partner_key_changed")
        .Event<AskingBegun>("asking_begun")
        .Event<AskingEnded>("asking_ended")
        .Event<AgreementProposed>("agreement_proposed")
        .Event<AgreementApproved>("agreement_approved")
        .Event<AgreementActivated>("agreement_activated")
        .Event<AgreementNarrowed>("agreement_narrowed")
        .Event<PartnerSuspended>("partner_suspended")
        .Event<PartnerResumed>("partner_resumed")
        .Event<AgreementEnded>("agreement_ended")
        .Event<ErasureContactForgotten>("erasure_contact_forgotten")
        .Stream<Partner>()
        .Deadlines(e => ForgetErasureContact.DeadlinesOf(e.Data))
        .Deadlines(e => EndAgreementOfTerm.DeadlinesOf(e.Data))
        .Runs<EndAgreementOfTerm>(EndAgreementOfTerm.Kind)
        .Runs<ForgetErasureContact>(ForgetErasureContact.Kind)
        .Retains<ForgetErasureContact>(ForgetErasureContact.Retention)
        .Marten(options =>
        {
            options.Projections.Snapshot<PartnerLine>(SnapshotLifecycle.Inline);
            options.Schema.For<PartnerLine>().Index(line => line.RegisteredAt);
        })
        .Endpoints(app =>
        {
            var registry = app.MapGroup("/api/partners/registry").WithTags("Partners");
            RegisterPartner.Map(registry);
            ListPartners.Map(registry);
            ReadPartner.Map(registry);
            ReadErasureContact.Map(registry);
            ProposeAgreement.Map(registry);
            ApproveAgreement.Map(registry);
            NarrowAgreement.Map(registry);
            SuspendPartner.Map(registry);
            ResumePartner.Map(registry);
            EndAgreement.Map(registry);
            var partners = app.MapGroup("/api/partners").WithTags("Partners");
            ReadAgreement.Map(partners);
            SetPartnerKey.Map(partners);
        });
}

[JsonSerializable(typeof(PartnerRegistered))]
[JsonSerializable(typeof(PartnerKeyChanged))]
[JsonSerializable(typeof(AskingBegun))]
[JsonSerializable(typeof(AskingEnded))]
[JsonSerializable(typeof(AgreementProposed))]
[JsonSerializable(typeof(AgreementApproved))]
[JsonSerializable(typeof(AgreementActivated))]
[JsonSerializable(typeof(AgreementNarrowed))]
[JsonSerializable(typeof(PartnerSuspended))]
[JsonSerializable(typeof(PartnerResumed))]
[JsonSerializable(typeof(AgreementEnded))]
[JsonSerializable(typeof(ErasureContactForgotten))]
internal sealed partial class AgreementsJson : JsonSerializerContext;
