using JasperFx.Events;
using C = EPerfect.Contracts.Accounts;

namespace EPerfect.Accounts;

/// <summary>What other services learn of an account: ids and facts.</summary>
internal static class Outbound
{
    public static object? Map(IEvent e) => e.Data switch
    {
        AccountOpened x => new C.AccountOpened(e.StreamId, x.Kind, x.AcceptedPolicySet, x.OpenedAt, e.Version),
        ProfileChanged x => new C.ProfileChanged(e.StreamId, x.ChangedAt, e.Version, x.Fields),
        BillingDetailsChanged x => new C.BillingDetailsChanged(e.StreamId, x.ChangedAt, e.Version, x.Fields),
        AccountClosed x => new C.AccountClosed(e.StreamId, x.ClosedAt, e.Version),
        _ => null,
    };
}
