using EPerfect.ServiceDefaults;
using JasperFx.Events;
using Marten;

namespace EPerfect.Accounts;

internal sealed record HistoryEntry(string Event, DateTimeOffset At, string? Actor, long Version, string? Correlation);

/// <summary>What happened to the account, newest first: by whom and because of what, without the values.</summary>
internal static class ReadHistory
{
    private static async Task<IResult> Handle(
        Guid id, int? limit, string? cursor, IDocumentSession session, HttpResponse response, CancellationToken ct)
    {
        if (PageRequest.TryRead(limit, cursor, out var page) is { } refusal) return Problems.From(refusal);
        var account = await session.Events.FetchLatest<Account>(id, ct);
        if (account is null) return Problems.From(Refusals.NotFound("account"));

        var last = page.After is { } after ? await session.Events.LoadAsync(after.Id, ct) : null;
        var before = last?.Version ?? long.MaxValue;
        var events = await session.Events.QueryAllRawEvents()
            .Where(e => e.StreamId == id && e.Version < before)
            .OrderByDescending(e => e.Version)
            .Take(page.Limit + 1)
            .ToListAsync(ct);
        response.Headers.CacheControl = "no-store";
        var found = page.Of(events, e => new Cursor(e.Timestamp, e.Id));
        return Results.Ok(new Page<HistoryEntry>([.. found.Items.Select(Show)], found.Next));
    }

    internal static HistoryEntry Show(IEvent e) =>
        new(e.EventTypeName, e.Timestamp, e.UserName, e.Version, e.CorrelationId);

    public static void Map(RouteGroupBuilder accounts) => accounts.MapGet("/{id:guid}/history", Handle)
        .WithName("ReadAccountHistory")
        .WithSummary("What happened to the account, newest first.")
        .Produces<Page<HistoryEntry>>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
