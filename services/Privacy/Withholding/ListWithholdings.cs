using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.Withholding;

internal sealed record WithholdingView(
    Guid Id,
    string OpeningGround,
    string Ground,
    string Reference,
    string Statement,
    DateTimeOffset Until,
    DateTimeOffset OrderedAt,
    DateTimeOffset? ApprovedAt,
    DateTimeOffset? LiftedAt,
    bool Holds)
{
    public static WithholdingView Of(WithheldOpenings one, DateTimeOffset now) => new(
        one.Id,
        one.Ordered.OpeningGround,
        one.Ordered.Ground,
        one.Ordered.Reference,
        one.Ordered.Statement,
        one.Ordered.Until,
        one.Ordered.OrderedAt,
        one.ApprovedAt,
        one.LiftedAt,
        one.HoldsAt(now));
}

/// <summary>For our lawyers: what is withheld from a person, and what was.</summary>
internal static class ListWithholdings
{
    private static async Task<IResult> Handle(
        Guid accountId, IQuerySession session, TimeProvider time, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var all = await session.Query<WithheldOpenings>()
            .Where(one => one.AccountId == accountId)
            .ToListAsync(ct);
        return Results.Ok(all.OrderByDescending(one => one.Ordered.OrderedAt).Select(one => WithholdingView.Of(one, now)));
    }

    public static void Map(RouteGroupBuilder withholdings) => withholdings.MapGet("", Handle)
        .WithName("ListWithholdings")
        .Allow(Access.Of(StaffRole.Legal | StaffRole.PrivacyOfficer))
        .WithSummary("What law withholds from a person, and until when; newest first.")
        .Produces<IReadOnlyList<WithholdingView>>();
}
