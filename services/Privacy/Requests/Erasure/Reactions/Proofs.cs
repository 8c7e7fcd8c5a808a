using EPerfect.Contracts.Privacy;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure.Reactions;

/// <summary>The parts of an answer, which all services give alike.</summary>
internal static class Proofs
{
    public static IReadOnlyList<ShreddedGroup> Of(IReadOnlyList<ErasedGroup> groups) =>
        [.. groups.Select(group => new ShreddedGroup(group.Group, group.Keys, group.Versions, group.ShreddedAt))];

    public static IReadOnlyList<HeldBack> Of(IReadOnlyList<HeldBackGroup> held) =>
        [.. held.Select(one => new HeldBack(one.Group, one.Ground, one.Until))];

    public static IReadOnlyList<RemovedRows> Of(IReadOnlyList<RemovedKind> removed) =>
        [.. removed.Select(one => new RemovedRows(one.What, one.Count))];

    public static SearchResult Of(StoreSearch x) => new(
        x.Tables, x.Columns, x.Texts, x.Plaintext, x.Unreadable, x.Readable, x.SearchedAgain);

    public static IReadOnlyList<FoundAt> Of(IReadOnlyList<FoundInClear> places) =>
        [.. places.Select(place => new FoundAt(place.Table, place.Column, place.Rows))];
}
