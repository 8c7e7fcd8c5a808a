using EPerfect.Privacy.Requests.Erasure;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.LegalHolds;

/// <param name="Service">Which.</param>
/// <param name="Since">Since when it holds to the latest order; null if it has not said so.</param>
/// <param name="ErasedBefore">Groups of which nothing was left to hold.</param>
internal sealed record HoldingServiceView(string Service, DateTimeOffset? Since, IReadOnlyList<string> ErasedBefore);

internal sealed record HoldView(
    Guid Id,
    HoldState State,
    IReadOnlyList<string> Groups,
    string Reason,
    DateTimeOffset? Until,
    DateTimeOffset AskedAt,
    DateTimeOffset? ApprovedAt,
    DateTimeOffset? ReleasedAt,
    bool IsEverywhere,
    IReadOnlyList<HoldingServiceView> Services)
{
    public static HoldView Of(LegalHoldOfPerson hold, DateTimeOffset now) => new(
        hold.Id,
        hold.StateAt(now),
        hold.Asked.Groups,
        hold.Asked.Reason,
        hold.Asked.Until,
        hold.Asked.AskedAt,
        hold.ApprovedAt,
        hold.ReleasedAt,
        hold.IsEverywhere,
        [.. ErasureOfPerson.Stores.Select(store => hold.Confirmed.TryGetValue(store, out var said)
            ? new HoldingServiceView(store, said.AppliedAt, said.ErasedBefore)
            : new HoldingServiceView(store, null, []))]);
}

/// <summary>What keeps a person's data from being erased, and which services hold to it; newest first.</summary>
internal static class ListHolds
{
    private static async Task<IResult> Handle(
        Guid accountId, IQuerySession session, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var all = await session.Query<LegalHoldOfPerson>().Where(one => one.AccountId == accountId).ToListAsync(ct);
        return Results.Ok(all.OrderByDescending(one => one.Asked.AskedAt).Select(one => HoldView.Of(one, now)));
    }

    public static void Map(RouteGroupBuilder holds) => holds.MapGet("", Handle)
        .WithName("ListHolds")
        .Allow(Access.Of(StaffRole.Legal | StaffRole.PrivacyOfficer))
        .WithSummary("What keeps a person's data from being erased, and which services hold to it.")
        .Produces<IReadOnlyList<HoldView>>();
}
