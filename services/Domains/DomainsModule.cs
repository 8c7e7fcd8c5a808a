using EPerfect.Contracts.Orders;
using EPerfect.Domains.Contacts;
using EPerfect.Domains.Erasure;
using EPerfect.Domains.Lifecycle;
using EPerfect.Domains.Names;
using EPerfect.Domains.Rdap;
using EPerfect.Domains.Registration;
using EPerfect.Domains.Registration.Reactions;
using EPerfect.Domains.Registration.Registry;
using EPerfect.ServiceDefaults;
using JasperFx.Events.Projections;
using C = EPerfect.Contracts.Domains;

namespace EPerfect.Domains;

/// <summary>Everything that makes this service, in one place.</summary>
internal static class DomainsModule
{
    public static ServiceDefinition Define() => new ServiceDefinition("domains")
        .Json(DomainsJson.Default)
        .Event<ContactRegistered>("contact_registered")
        .Event<ContactCorrected>("contact_corrected")
        .Event<RegistrationStarted>("registration_started")
        .Event<RegistrationQueued>("registration_queued")
        .Event<RegistrationAttemptFailed>("registration_attempt_failed")
        .Event<DomainRegistered>("domain_registered")
        .Event<RegistrationFailed>("registration_failed")
        .Event<NameserverChangeStarted>("nameserver_change_started")
        .Event<NameserverChangeAttemptFailed>("nameserver_change_attempt_failed")
        .Event<NameserversChanged>("nameservers_changed")
        .Event<NameserverChangeRefused>("nameserver_change_refused")
        .Stream<Contact>()
        .Stream<Domain>()
        .Publishes<C.DomainRegistered>(C.DomainRegistered.Name)
        .Publishes<C.DomainRegistrationFailed>(C.DomainRegistrationFailed.Name)
        .Publishes<C.ContactCorrected>(C.ContactCorrected.Name)
        .DeclaresData<C.DataDeclared>()
        // Not said any more; what older releases said may still be under way.
        .Publishes<C.PersonalDataOpened>(C.PersonalDataOpened.Name)
        .TellsOfOpenings<C.PersonalDataOpenedV2>()
        .EnclosesForPartners<C.PartnerDataEnclosed, ContactParts>()
        .Outbound(Outbound.Map)
        .Reacts<DomainRegistrationRequested, RequestRegistration>(DomainRegistrationRequested.Name)
        .NamesStreams(name => DomainName.TryParse(name, out var known) ? DomainId.Of(known) : null)
        .Deadlines(DomainDeadlines.Of)
        .Runs<RegisterAtRegistry>(RegisterAtRegistry.Kind)
        .Runs<UpdateAtRegistry>(UpdateAtRegistry.Kind)
        .Stoppable("register", RegisterAtRegistry.Kind)
        .WithErasure()
        .Restricts<C.RestrictionApplied>()
        .HoldsByOrder<C.LegalHoldApplied>()
        .Marten(options =>
        {
            options.Projections.Add(new RegisteredDomainProjection(), ProjectionLifecycle.Inline);
            options.Schema.For<RegisteredDomain>().Index(domain => domain.AccountId);
            options.Projections.Snapshot<ContactLine>(SnapshotLifecycle.Inline);
            options.Schema.For<ContactLine>().Index(contact => contact.AccountId);
            RegistrySchema.Add(options);
        })
        .Services(services =>
        {
            services.AddOptions<DomainsOptions>().BindConfiguration(DomainsOptions.Section)
                .PostConfigure<IConfiguration>((options, all) => options.ReachedAt(new Uri(all["Identity:Issuer"]!)));
            services.AddSingleton<IRegistry, EmbeddedRegistry>();
        })
        .Endpoints(app =>
        {
            var domains = app.MapGroup("/api/domains").WithTags("Domains");
            CheckAvailability.Map(domains);
            ListDomains.Map(domains);
            ReadDomain.Map(domains);
            ReadHistory.Map(domains);
            ChangeNameservers.Map(domains);

            var contacts = app.MapGroup("/api/domains/contacts").WithTags("Contacts");
            RegisterContact.Map(contacts);
            ReadContact.Map(contacts);
            CorrectContact.Map(contacts);

            RdapEndpoints.Map(app);
        });
}
