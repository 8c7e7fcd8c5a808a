using EPerfect.Domains.Names;
using EPerfect.Domains.Registration;
using EPerfect.ServiceDefaults;
using JasperFx.Events;
using Marten;

namespace EPerfect.Domains.Lifecycle;

/// <summary>Who did what, when, because of what. Not the facts, and nothing of who else wanted the name.</summary>
internal sealed record HistoryEntry(
    long Version, string Event, DateTimeOffset At, string? Actor, string? CorrelationId);

internal static class ReadHistory
{
    public static void Map(RouteGroupBuilder domains) => domains
        .MapGet("/{name}/history", HandleAsync)
        .WithName("ReadDomainHistory")
        .Allow(Access.Of(MemberRole.Any, StaffRole.Support))
        .WithSummary("All that happened to a domain, from the first request on")
        .Produces<IReadOnlyList<HistoryEntry>>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(
        string name, IQuerySession session, Reader reader, CancellationToken cancellationToken)
    {
        if (!DomainName.TryParse(name, out var domainName)) return Problems.From(NameRules.InvalidName);
        var id = DomainId.Of(domainName);
        return await reader.OneAsync<Domain>(
            id,
            async (domain, token) => Results.Ok(Of(domain, await session.Events.FetchStreamAsync(id, token: token))),
            cancellationToken);
    }

    /// <summary>While it is nobody's, staff alone gets here.</summary>
    private static IEnumerable<HistoryEntry> Of(IOwned domain, IReadOnlyList<IEvent> events)
    {
        var part = domain.AccountId is { } account ? new OwnPart(account) : null;
        return events.Where(e => part?.Has(e.Data) ?? true)
            .Select(e => new HistoryEntry(e.Version, e.EventTypeName, e.Timestamp, e.UserName, e.CorrelationId));
    }
}
