using EPerfect.Domains.Contacts;
using EPerfect.Domains.Registration;
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
        ContactCorrected { AccountId: { } accountId, Fields: { } fields } e => new C.ContactCorrected(
            stored.StreamId, accountId, fields, e.At, stored.Version),
        _ => null,
    };
}
