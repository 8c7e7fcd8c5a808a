using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.Requests;

/// <summary>A person's requests, the newest first.</summary>
internal static class ListRequests
{
    private static async Task<IResult> Handle(
        Guid accountId, int? limit, string? cursor, IQuerySession session, CancellationToken ct)
    {
        if (PageRequest.TryRead(limit, cursor, out var page) is { } refusal) return Problems.From(refusal);
        var query = session.Query<RequestLine>().Where(line => line.AccountId == accountId);
        if (page.After is { } after)
        {
            query = query.Where(line => line.ReceivedAt < after.At
                || (line.ReceivedAt == after.At && line.Id.CompareTo(after.Id) < 0));
        }

        var found = await query
            .OrderByDescending(line => line.ReceivedAt)
            .ThenByDescending(line => line.Id)
            .Take(page.Limit + 1)
            .ToListAsync(ct);
        var (items, next) = page.Of(found, line => new Cursor(line.ReceivedAt, line.Id));
        return Results.Ok(new Page<RequestLineView>([.. items.Select(RequestLineView.Of)], next));
    }

    public static void Map(RouteGroupBuilder requests) => requests.MapGet("", Handle)
        .WithName("ListRequests")
        .Allow(Access.Of(
            MemberRole.Owner | MemberRole.Billing | MemberRole.Technical, StaffRole.PrivacyOfficer | StaffRole.Support))
        .WithSummary("The requests about a person's data, the newest first.")
        .Produces<Page<RequestLineView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest);
}
