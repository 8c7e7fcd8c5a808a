using EPerfect.Domains.Registration;
using EPerfect.ServiceDefaults;
using JasperFx.Events;
using C = EPerfect.Contracts.Domains;

namespace EPerfect.Domains;

/// <summary>What others may know of what happens here.</summary>
internal static class Outbound
{
    public static object? Map(IEvent stored) => stored.Data switch
    {
        DomainRegistered e => new C.DomainRegistered(
            e.DomainName, e.AccountId, e.OrderId, e.ItemId, e.RegisteredAt, e.ExpiresAt, stored.Version),
        RegistrationFailed e => new C.DomainRegistrationFailed(
            e.DomainName, e.OrderId, e.ItemId, e.Reason, e.At, stored.Version, e.AccountId),
        _ => null,
    };

    /// <summary>An opening is told with nothing of who and why, if the person was erased meanwhile.</summary>
    public static object Opened(PersonalDataOpened e, OpeningDetails? details, long version) => new C.PersonalDataOpened(
        e.OpeningId, e.AccountId, details?.Actor ?? "", details?.Role ?? "", details?.Groups ?? [], details?.Purpose ?? "",
        details?.Ground ?? "", details?.Resource ?? "", e.OpenedAt, version);
}
