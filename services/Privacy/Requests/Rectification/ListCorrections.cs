using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Rectification;

/// <summary>What was corrected of a person, and who was told, the newest first: also what nobody had asked for.</summary>
internal static class ListCorrections
{
    private static async Task<IResult> Handle(
        Guid accountId, int? limit, string? cursor, Reader reader, PartnerTellings tellings, CancellationToken ct)
    {
        if (PageRequest.TryRead(limit, cursor, out var page) is { } refusal) return Problems.From(refusal);
        var known = await reader.LatestAsync<Rectifications>(Rectifications.StreamOf(accountId), ct);
        var found = RectificationView.Of(known, await tellings.OfCorrectionsAsync(accountId, ct))
            .OrderByDescending(one => one.RectifiedAt)
            .ThenByDescending(one => one.Id)
            .Where(one => page.After is not { } after || (one.RectifiedAt, one.Id).CompareTo((after.At, after.Id)) < 0)
            .Take(page.Limit + 1);
        return Results.Ok(page.Of([.. found], one => new Cursor(one.RectifiedAt, one.Id)));
    }

    public static void Map(RouteGroupBuilder corrections) => corrections.MapGet("", Handle)
        .WithName("ListCorrections")
        .Allow(Access.Of(StaffRole.PrivacyOfficer))
        .WithSummary("What was corrected of a person, and who was told of it; the newest first.")
        .Produces<Page<RectificationView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest);
}
