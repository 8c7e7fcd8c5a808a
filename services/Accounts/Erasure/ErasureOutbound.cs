using EPerfect.ServiceDefaults;
using JasperFx.Events;
using C = EPerfect.Contracts.Accounts;
using P = EPerfect.Contracts.Privacy;

namespace EPerfect.Accounts.Erasure;

/// <summary>How this service answers to an erasure.</summary>
internal static class ErasureOutbound
{
    public static object? Map(IEvent e) => e.Data switch
    {
        PersonalDataShredded x => new C.PersonalDataShredded(
            x.ErasureId,
            x.AccountId,
            [.. x.Groups.Select(group => new P.ErasedGroup(group.Group, group.Keys, group.Versions, group.ShreddedAt))],
            [.. x.HeldBack.Select(held => new P.HeldBackGroup(held.Group, held.Ground, held.Until))],
            [.. x.Removed.Select(rows => new P.RemovedKind(rows.What, rows.Count))],
            Of(x.Search),
            x.ShreddedAt,
            e.Version),
        ErasureStopped x => new C.ErasureStopped(
            x.ErasureId,
            x.AccountId,
            [.. x.Places.Select(place => new P.FoundInClear(place.Table, place.Column, place.Rows))],
            x.RetryAt,
            e.Version),
        _ => null,
    };

    private static P.StoreSearch Of(SearchResult x) => new(
        x.Tables, x.Columns, x.Texts, x.Plaintext, x.Unreadable, x.Readable, x.SearchedAgain);
}
