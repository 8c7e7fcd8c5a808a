using EPerfect.PersonalData;
using JasperFx.Events;
using C = EPerfect.Contracts.Privacy;

namespace EPerfect.ServiceDefaults;

/// <summary>How every service answers to an erasure: alike, each by its own contract.</summary>
internal static class ErasureAnswers
{
    public static object? Map<TShredded, TStopped>(IEvent e)
        where TShredded : C.ShreddedAnswer, new()
        where TStopped : C.StoppedAnswer, new() =>
        e.Data switch
        {
            PersonalDataShredded x => Shredded<TShredded>(x, e.Version),
            ErasureStopped x => Stopped<TStopped>(x, e.Version),
            _ => null,
        };

    private static T Shredded<T>(PersonalDataShredded x, long version)
        where T : C.ShreddedAnswer, new() => new()
        {
            ErasureId = x.ErasureId,
            AccountId = x.AccountId,
            Groups = [.. x.Groups.Select(one => new C.ErasedGroup(one.Group, one.Keys, one.Versions, one.ShreddedAt))],
            HeldBack = [.. x.HeldBack.Select(held => new C.HeldBackGroup(held.Group, held.Ground, held.Until))],
            Removed = [.. x.Removed.Select(rows => new C.RemovedKind(rows.What, rows.Count))],
            Search = Of(x.Search),
            Accepted =
            [
                .. (x.Accepted ?? []).Select(
                    place => new C.AcceptedInClear(place.Table, place.Column, place.Path, place.Rows, place.Ground)),
            ],
            UnreadableInCopies = x.UnreadableInCopies,
            UnreadableInCopiesFrom = x.UnreadableInCopiesFrom,
            ShreddedAt = x.ShreddedAt,
            StreamVersion = version,
        };

    private static T Stopped<T>(ErasureStopped x, long version)
        where T : C.StoppedAnswer, new() => new()
        {
            ErasureId = x.ErasureId,
            AccountId = x.AccountId,
            Places = [.. x.Places.Select(Of)],
            RetryAt = x.RetryAt,
            StreamVersion = version,
        };

    private static C.FoundInClear Of(FoundPlace place) => new(
        place.Table, place.Column, place.Rows, place.Path, place.Label == ErasureSearch.InClear ? null : place.Label);

    private static C.StoreSearch Of(SearchResult x) => new(
        x.Tables, x.Columns, x.Texts, x.Plaintext, x.Unreadable, x.Readable, x.SearchedAgain);
}
