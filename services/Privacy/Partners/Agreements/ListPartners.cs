using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>All partners, the newest first.</summary>
internal static class ListPartners
{
    private static async Task<IResult> Handle(int? limit, string? cursor, IQuerySession session, CancellationToken ct)
    {
        if (PageRequest.TryRead(limit, cursor, out var page) is { } refusal) return Problems.From(refusal);
        IQueryable<PartnerLine> query = session.Query<PartnerLine>();
        if (page.After is { } after)
        {
            query = query.Where(line => line.RegisteredAt < after.At
                || (line.RegisteredAt == after.At && line.Id.CompareTo(after.Id) < 0));
        }

        var found = await query
            .OrderByDescending(line => line.RegisteredAt)
            .ThenByDescending(line => line.Id)
            .Take(page.Limit + 1)
            .ToListAsync(ct);
        return Results.Ok(page.Of(found, line => new Cursor(line.RegisteredAt, line.Id)));
    }

    public static void Map(RouteGroupBuilder registry) => registry.MapGet("", Handle)
        .WithName("ListPartners")
        .Allow(Access.Of(StaffRole.Operator | StaffRole.PrivacyOfficer | StaffRole.Legal))
        .WithSummary("All partners, the newest first.")
        .Produces<Page<PartnerLine>>()
        .ProducesProblem(StatusCodes.Status400BadRequest);
}
