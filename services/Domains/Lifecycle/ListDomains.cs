using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Domains.Lifecycle;

internal sealed record DomainLine(
    string Name, string UnicodeName, DateTimeOffset RegisteredAt, DateTimeOffset ExpiresAt);

internal static class ListDomains
{
    public static void Map(RouteGroupBuilder domains) => domains
        .MapGet("", HandleAsync)
        .WithName("ListDomains")
        .Allow(Access.Of(MemberRole.Any, StaffRole.Support))
        .WithSummary("An account's registered domains, the newest first")
        .Produces<Page<DomainLine>>()
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> HandleAsync(
        Guid accountId, int? limit, string? cursor, IQuerySession session, CancellationToken cancellationToken)
    {
        if (PageRequest.TryRead(limit, cursor, out var page) is { } refusal) return Problems.From(refusal);
        var query = session.Query<RegisteredDomain>().Where(domain => domain.AccountId == accountId);
        if (page.After is { } after)
        {
            query = query.Where(domain => domain.RegisteredAt < after.At
                || (domain.RegisteredAt == after.At && domain.Id.CompareTo(after.Id) < 0));
        }

        var found = await query
            .OrderByDescending(domain => domain.RegisteredAt)
            .ThenByDescending(domain => domain.Id)
            .Take(page.Limit + 1)
            .ToListAsync(cancellationToken);
        var (items, next) = page.Of(found, domain => new Cursor(domain.RegisteredAt, domain.Id));
        return Results.Ok(new Page<DomainLine>([.. items.Select(Line)], next));
    }

    private static DomainLine Line(RegisteredDomain domain) => new(
        domain.Name, DomainName.Parse(domain.Name).Unicode, domain.RegisteredAt, domain.ExpiresAt);
}
