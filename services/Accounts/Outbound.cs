using EPerfect.ServiceDefaults;
using JasperFx.Events;
using C = EPerfect.Contracts.Accounts;

namespace EPerfect.Accounts;

/// <summary>What other services learn of an account: ids and facts.</summary>
internal static class Outbound
{
    public static object? Map(IEvent e) => e.Data switch
    {
        AccountOpened x => new C.AccountOpened(e.StreamId, x.Kind, x.AcceptedPolicySet, x.OpenedAt, e.Version),
        ProfileChanged x => new C.ProfileChanged(e.StreamId, x.ChangedAt, e.Version),
        BillingDetailsChanged x => new C.BillingDetailsChanged(e.StreamId, x.ChangedAt, e.Version),
        AccountClosed x => new C.AccountClosed(e.StreamId, x.ClosedAt, e.Version),
        _ => null,
    };

    /// <summary>An opening is told with nothing of who and why, if the person was erased meanwhile.</summary>
    public static object Opened(PersonalDataOpened e, OpeningDetails? details, long version) => new C.PersonalDataOpened(
        e.OpeningId, e.AccountId, details?.Actor ?? "", details?.Role ?? "", details?.Groups ?? [], details?.Purpose ?? "",
        details?.Ground ?? "", details?.Resource ?? "", e.OpenedAt, version);
}
