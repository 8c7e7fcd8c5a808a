using EPerfect.ServiceDefaults;
using A = EPerfect.Contracts.Accounts;
using D = EPerfect.Contracts.Domains;
using O = EPerfect.Contracts.Orders;

namespace EPerfect.Privacy.Tests;

/// <summary>What the others publish that Privacy hears.</summary>
internal static class OtherServices
{
    public static IReadOnlyList<ServiceDefinition> All =>
    [
        new ServiceDefinition("accounts")
            .Publishes<A.AccountOpened>(A.AccountOpened.Name)
            .Publishes<A.AccountClosed>(A.AccountClosed.Name)
            .Publishes<A.ProfileChanged>(A.ProfileChanged.Name)
            .Publishes<A.BillingDetailsChanged>(A.BillingDetailsChanged.Name)
            .DeclaresData<A.DataDeclared>()
            .Publishes<A.PersonalDataOpened>(A.PersonalDataOpened.Name)
            .Publishes<A.PersonalDataOpenedV2>(A.PersonalDataOpenedV2.Name)
            .Publishes<A.PersonalDataShredded>(A.PersonalDataShredded.Name)
            .Publishes<A.RestrictionApplied>(A.RestrictionApplied.Name)
            .Publishes<A.LegalHoldApplied>(A.LegalHoldApplied.Name)
            .Publishes<A.ErasureStopped>(A.ErasureStopped.Name)
            .Publishes<A.PartnerDataEnclosed>(A.PartnerDataEnclosed.Name)
            .Publishes<A.ExportPartDelivered>(A.ExportPartDelivered.Name),
        new ServiceDefinition("domains")
            .Publishes<D.DomainRegistered>(D.DomainRegistered.Name)
            .Publishes<D.DomainRegistrationFailed>(D.DomainRegistrationFailed.Name)
            .Publishes<D.ContactCorrected>(D.ContactCorrected.Name)
            .DeclaresData<D.DataDeclared>()
            .Publishes<D.PersonalDataOpened>(D.PersonalDataOpened.Name)
            .Publishes<D.PersonalDataOpenedV2>(D.PersonalDataOpenedV2.Name)
            .Publishes<D.PersonalDataShredded>(D.PersonalDataShredded.Name)
            .Publishes<D.RestrictionApplied>(D.RestrictionApplied.Name)
            .Publishes<D.LegalHoldApplied>(D.LegalHoldApplied.Name)
            .Publishes<D.ErasureStopped>(D.ErasureStopped.Name)
            .Publishes<D.PartnerDataEnclosed>(D.PartnerDataEnclosed.Name)
            .Publishes<D.ExportPartDelivered>(D.ExportPartDelivered.Name),
        new ServiceDefinition("orders")
            .Publishes<O.OrderPlaced>(O.OrderPlaced.Name)
            .Publishes<O.OrderPaid>(O.OrderPaid.Name)
            .Publishes<O.OrderActivated>(O.OrderActivated.Name)
            .Publishes<O.OrderCancelled>(O.OrderCancelled.Name)
            .Publishes<O.OrderItemRefunded>(O.OrderItemRefunded.Name)
            .DeclaresData<O.DataDeclared>()
            .Publishes<O.PersonalDataShredded>(O.PersonalDataShredded.Name)
            .Publishes<O.RestrictionApplied>(O.RestrictionApplied.Name)
            .Publishes<O.LegalHoldApplied>(O.LegalHoldApplied.Name)
            .Publishes<O.ErasureStopped>(O.ErasureStopped.Name)
            .Publishes<O.ExportPartDelivered>(O.ExportPartDelivered.Name),
    ];
}
