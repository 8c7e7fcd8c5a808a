using EPerfect.Privacy.Partners.Delivery;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.Partners.Pull;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Webhooks;

/// <param name="After">What came after this position is sent, also what was sent before; null: from where it is.</param>
internal sealed record ReplayWebhookRequest(long? After = null);

/// <summary>Deliveries go on from a position, at once: a webhook that was disabled is resumed, one that missed something is sent
/// it again, under the same ids, one that waits for its next attempt waits no more.</summary>
internal static class ReplayWebhook
{
    internal static Decision Decide(Webhook webhook, long? after, DateTimeOffset now) =>
        Webhook.WhyNot(webhook) is { } refusal ? refusal
        : webhook.State == WebhookState.WithoutSecret ? WebhookRefusals.WithoutSecret
        : webhook.State == WebhookState.Active && after is null ? Decision.Nothing
        : Decision.Of(new WebhookResumed(after, now));

    private static async Task<IResult> Handle(
        ReplayWebhookRequest request,
        Commands commands,
        Caller caller,
        FeedReader feed,
        FeedProgressStore progress,
        TimeProvider time,
        CancellationToken ct)
    {
        var partner = caller.Partner!.Value;
        if (await feed.IsAheadAsync(request.After, ct)) return Problems.From(PullRefusals.Ahead);
        var from = request.After ?? (await progress.FindAsync(partner, Webhook.Way, ct))?.Position;
        if (from is { } position && await feed.OlderThanKeptAsync(position, ct) is { } oldest)
            return Problems.From(PullRefusals.TooOld(oldest));
        return await commands.ChangeAsync<Webhook>(
            Webhook.IdOf(partner),
            (webhook, work, _) =>
            {
                var decided = Decide(webhook, request.After, time.GetUtcNow());
                if (decided.Refusal is not null) return Task.FromResult(decided);
                if (request.After is { } after) FeedProgress.TurnOnFrom(work, partner, Webhook.Way, after);
                else FeedProgress.TurnOn(work, partner, Webhook.Way, from ?? 0);
                return Task.FromResult(decided);
            },
            ct);
    }

    public static void Map(RouteGroupBuilder webhook) => webhook.MapPost("/replay", Handle)
        .WithName("ReplayWebhook")
        .Allow(Access.OfPartner())
        .WithSummary("Posts what came after a position, again if need be; a disabled webhook is resumed by it.")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
