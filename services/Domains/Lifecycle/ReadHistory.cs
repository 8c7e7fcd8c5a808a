using EPerfect.Domains.Names;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Domains.Lifecycle;

/// <summary>Who did what, when, because of what.</summary>
internal sealed record HistoryEntry(
    long Version, string Event, DateTimeOffset At, string? Actor, string? CorrelationId, object Facts);

internal static class ReadHistory
{
    public static void Map(RouteGroupBuilder domains) => domains
        .MapGet("/{name}/history", HandleAsync)
        .WithName("ReadDomainHistory")
        .WithSummary("All that happened to a domain, from the first request on")
        .Produces<IReadOnlyList<HistoryEntry>>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(
        string name, IQuerySession session, CancellationToken cancellationToken)
    {
        if (!DomainName.TryParse(name, out var domainName)) return Problems.From(NameRules.InvalidName);
        var stream = await session.Events.FetchStreamAsync(DomainId.Of(domainName), token: cancellationToken);
        return stream.Count == 0
            ? Problems.From(Refusals.NotFound("domain"))
            : Results.Ok(stream.Select(e => new HistoryEntry(
                e.Version, e.EventTypeName, e.Timestamp, e.UserName, e.CorrelationId, e.Data)));
    }
}
