using EPerfect.Accounts.Credentials;
using EPerfect.ServiceDefaults;
using JasperFx.Events;
using Marten;

namespace EPerfect.Accounts;

/// <param name="Event">What happened.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who: <c>user/{login}</c>, <c>client/{id}</c> or a part of the platform.</param>
/// <param name="ActorEmail">The person's address, for owners and for staff who help.</param>
/// <param name="Version">The version of the account after it.</param>
/// <param name="Correlation">What it belongs to.</param>
internal sealed record HistoryEntry(
    string Event, DateTimeOffset At, string? Actor, string? ActorEmail, long Version, string? Correlation);

/// <summary>What happened to the account, newest first: by whom and because of what, without the values.</summary>
internal static class ReadHistory
{
    private static async Task<IResult> Handle(
        Guid accountId,
        int? limit,
        string? cursor,
        IDocumentSession session,
        Logins logins,
        Caller caller,
        Openings openings,
        HttpResponse response,
        CancellationToken ct)
    {
        if (PageRequest.TryRead(limit, cursor, out var page) is { } refusal) return Problems.From(refusal);
        var account = await session.Events.FetchLatest<Account>(accountId, ct);
        if (caller.WhyNot(account) is { } foreign) return Problems.From(foreign);

        var last = page.After is { } after ? await session.Events.LoadAsync(after.Id, ct) : null;
        var before = last?.Version ?? long.MaxValue;
        var events = await session.Events.QueryAllRawEvents()
            .Where(e => e.StreamId == accountId && e.Version < before)
            .OrderByDescending(e => e.Version)
            .Take(page.Limit + 1)
            .ToListAsync(ct);
        response.Headers.CacheControl = "no-store";
        var found = page.Of(events, e => new Cursor(e.Timestamp, e.Id));
        var addresses = caller.Staff != StaffRole.None || (caller.UserId is { } reader && account!.IsOwner(reader))
            ? await AddressesAsync(accountId, found.Items, logins, openings, ct)
            : new Dictionary<Guid, string>();
        return Results.Ok(new Page<HistoryEntry>([.. found.Items.Select(e => Show(e, addresses))], found.Next));
    }

    private static async Task<IReadOnlyDictionary<Guid, string>> AddressesAsync(
        Guid accountId, IEnumerable<IEvent> events, Logins logins, Openings openings, CancellationToken ct)
    {
        var actors = await logins.OfAsync(events.Select(LoginOf).OfType<Guid>().Distinct(), ct);
        var opening = await openings.BeginAsync(accountId, actors.Select(one => one.SealedEmail), ct);
        return await Logins.AddressesAsync(actors, opening, ct);
    }

    private static HistoryEntry Show(IEvent e, IReadOnlyDictionary<Guid, string> addresses) => new(
        e.EventTypeName,
        e.Timestamp,
        e.UserName,
        LoginOf(e) is { } login ? addresses.GetValueOrDefault(login) : null,
        e.Version,
        e.CorrelationId);

    private static Guid? LoginOf(IEvent e) =>
        e.UserName?.Split('/') is ["user", var id] && Guid.TryParse(id, out var login) ? login : null;

    public static void Map(RouteGroupBuilder accounts) => accounts.MapGet("/{accountId:guid}/history", Handle)
        .WithName("ReadAccountHistory")
        .Allow(Access.Of(MemberRole.Any, StaffRole.Support | StaffRole.PrivacyOfficer))
        .Opens()
        .WithSummary("What happened to the account, newest first.")
        .Produces<Page<HistoryEntry>>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
