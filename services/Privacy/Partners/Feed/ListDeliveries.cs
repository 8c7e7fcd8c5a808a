using EPerfect.ServiceDefaults;
using Marten;
using Npgsql;

namespace EPerfect.Privacy.Partners.Feed;

/// <param name="EventId">The id of the CloudEvent.</param>
/// <param name="Type">What kind of event.</param>
/// <param name="Subject">The account that it is about.</param>
/// <param name="Fields">Which members of its data.</param>
/// <param name="Position">Its place in the feed.</param>
/// <param name="Way">How: <c>pull</c>, <c>webhook</c> or <c>amqp</c>.</param>
/// <param name="At">When it was let out, for the first time.</param>
/// <param name="AcknowledgedAt">When the partner said that it has acted on it; asked for only of what is told by duty.</param>
internal sealed record DeliveryView(
    Guid EventId,
    string Type,
    Guid Subject,
    IReadOnlyList<string> Fields,
    long Position,
    string Way,
    DateTimeOffset At,
    DateTimeOffset? AcknowledgedAt)
{
    public static DeliveryView Of(Disclosure line) =>
        new(line.EntryId, line.Type, line.AccountId, line.Fields, line.Position, line.Way, line.At, line.AcknowledgedAt);
}

/// <summary>What a partner was told, by whichever way, the newest first: the same lines that the people read.</summary>
internal static class ListDeliveries
{
    private static async Task<IResult> Handle(
        int? limit, string? cursor, Caller caller, NpgsqlDataSource database, IDocumentStore store, CancellationToken ct)
    {
        if (PageRequest.TryRead(limit, cursor, out var page) is { } refusal) return Problems.From(refusal);
        var after = page.After ?? new Cursor(DateTimeOffset.MaxValue, Guid.AllBitsSet);
        var found = await DisclosureLog.ReadAsync(
            database,
            store.Options.DatabaseSchemaName,
            "where partner_id = $1 and (at, id) < ($2, $3) order by at desc, id desc limit $4",
            [caller.Partner!.Value, after.At.ToUniversalTime(), after.Id, page.Limit + 1],
            ct);
        var lines = page.Of(found, line => new Cursor(line.At, line.Id));
        return Results.Ok(new Page<DeliveryView>([.. lines.Items.Select(DeliveryView.Of)], lines.Next));
    }

    public static void Map(RouteGroupBuilder partners) => partners.MapGet("/deliveries", Handle)
        .WithName("ListDeliveries")
        .Allow(Access.OfPartner())
        .WithSummary("What the partner was told, by whichever way; the newest first.")
        .Produces<Page<DeliveryView>>()
        .ProducesProblem(StatusCodes.Status400BadRequest);
}
