using System.Text.Json.Serialization;
using EPerfect.Contracts;
using EPerfect.Privacy.Partners.Sharing.Reactions;
using EPerfect.ServiceDefaults;
using JasperFx.Events;
using A = EPerfect.Contracts.Accounts;
using C = EPerfect.Contracts.Privacy;
using D = EPerfect.Contracts.Domains;

namespace EPerfect.Privacy.Partners.Sharing;

/// <summary>How a partner comes to know who a customer is: the services that do are asked, and encrypt it for that
/// partner.</summary>
internal static class SharingModule
{
    /// <summary>The name that a question is stored under.</summary>
    public const string AskedAs = "partner_data_asked";

    public static ServiceDefinition WithSharing(this ServiceDefinition definition) => definition
        .Json(SharingJson.Default)
        .Event<PartnerDataAsked>(AskedAs)
        .Event<PartnerDataReceived>("partner_data_received")
        .Stream<Sharing>()
        .Publishes<C.PartnerDataAsked>(C.PartnerDataAsked.Name)
        .Outbound(Outbound)
        .Deadlines(e => AskEverybody.DeadlinesOf(e.Data))
        .Runs<AskEverybody>(AskEverybody.Kind)
        .Reacts<C.ConsentChanged, ConsentChangedToSharing>(C.ConsentChanged.Name, "sharing-consent-changed")
        .Reacts<C.RestrictionLifted, RestrictionLiftedToSharing>(C.RestrictionLifted.Name, "sharing-restriction-lifted")
        .Reacts<A.ProfileChanged, ProfileChangedToSharing>(A.ProfileChanged.Name, "sharing-profile-changed")
        .Reacts<D.ContactCorrected, ContactCorrectedToSharing>(D.ContactCorrected.Name, "sharing-contact-corrected")
        .Reacts<D.DomainRegistered, DomainRegisteredToSharing>(D.DomainRegistered.Name, "sharing-domain-registered")
        .Hears<A.PartnerDataEnclosed>()
        .Hears<D.PartnerDataEnclosed>()
        .Marten(options => options.Schema.For<AskingProgress>())
        .Services(services => services.AddSingleton<AskForData>());

    private static object? Outbound(IEvent e) => e.Data is not PartnerDataAsked x ? null : new C.PartnerDataAsked(
        x.AskId, x.PartnerId, x.AccountId, x.Members, x.Key, x.AskedAt, e.Version);

    /// <summary>Two say the same: each has a queue of its own.</summary>
    private static ServiceDefinition Hears<TAnswer>(this ServiceDefinition definition)
        where TAnswer : C.PartnerDataAnswer, IContract => definition.Reacts<TAnswer, EnclosedReaction<TAnswer>>(
            TAnswer.WireName, string.Join('-', TAnswer.WireName.Split('.')[..2]));
}

[JsonSerializable(typeof(PartnerDataAsked))]
[JsonSerializable(typeof(PartnerDataReceived))]
internal sealed partial class SharingJson : JsonSerializerContext;
