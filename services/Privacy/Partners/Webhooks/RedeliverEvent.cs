using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Delivery;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.Partners.Pull;
using EPerfect.ServiceDefaults;
using Marten;
using Npgsql;

namespace EPerfect.Privacy.Partners.Webhooks;

internal sealed record RedeliverEventRequest(Guid EventId);

/// <summary>One event is posted once more, under its id, out of order. If it may still be told: it passes the gate as
/// any other. While deliveries stand still nothing is taken on.</summary>
internal static class RedeliverEvent
{
    private const int MostWaiting = 100;

    internal static Decision WhyNot(Webhook webhook) =>
        Webhook.WhyNot(webhook) is { } refusal ? refusal
        : webhook.State == WebhookState.WithoutSecret ? WebhookRefusals.WithoutSecret
        : webhook.State == WebhookState.Disabled ? WebhookRefusals.Inactive
        : Decision.Nothing;

    private static async Task<IResult> Handle(
        RedeliverEventRequest request,
        Commands commands,
        Caller caller,
        FeedReader feed,
        FeedProgressStore progress,
        Reader reader,
        NpgsqlDataSource database,
        IDocumentStore store,
        TimeProvider time,
        CancellationToken ct)
    {
        var partner = caller.Partner!.Value;
        if (await reader.LatestAsync<Partner>(partner, ct) is { } known && known.InForce(time.GetUtcNow()) is null)
            return Problems.From(AgreementRefusals.Stopped(known));
        // Sent before means that the accounting has it.
        var told = await DisclosureLog.ReadAsync(
            database,
            store.Options.DatabaseSchemaName,
            "where partner_id = $1 and entry_id = $2 limit 1",
            [partner, request.EventId],
            ct);
        if (told is not [{ Position: var position }, ..]) return Problems.From(Refusals.NotFound("event"));
        if (await feed.OlderThanKeptAsync(position - 1, ct) is { } oldest) return Problems.From(PullRefusals.TooOld(oldest));
        if ((await progress.FindAsync(partner, Webhook.Way, ct))?.Redeliver.Count >= MostWaiting)
            return Problems.From(WebhookRefusals.TooManyWaiting);
        return await commands.ChangeAsync<Webhook>(
            Webhook.IdOf(partner),
            (webhook, work, _) =>
            {
                var decided = WhyNot(webhook);
                if (decided.Refusal is null) FeedProgress.SendAgain(work, partner, Webhook.Way, position);
                return Task.FromResult(decided);
            },
            ct);
    }

    public static void Map(RouteGroupBuilder webhook) => webhook.MapPost("/redeliveries", Handle)
        .WithName("RedeliverEvent")
        .Allow(Access.OfPartner())
        .WithSummary("Posts one event once more.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone);
}
