using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Delivery;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Webhooks;

/// <param name="Url">Where to.</param>
/// <param name="Types">Which of the agreed types; all, if there is none.</param>
/// <param name="State">Whether anything is sent.</param>
/// <param name="Secrets">What signs: the newest first.</param>
/// <param name="Disabled">Why nothing is sent.</param>
/// <param name="Position">Everything up to here was sent, or was not for the partner.</param>
/// <param name="Failures">How often in a row what comes next was not accepted.</param>
/// <param name="FailingSince">Since when.</param>
/// <param name="NextAttemptAt">When it is tried again.</param>
internal sealed record WebhookView(
    string Url,
    IReadOnlyList<string> Types,
    WebhookState State,
    IReadOnlyList<WebhookSecretView> Secrets,
    WebhookDisabled? Disabled,
    long? Position,
    int Failures,
    DateTimeOffset? FailingSince,
    DateTimeOffset? NextAttemptAt);

internal sealed record WebhookSecretView(Guid Id, DateTimeOffset MadeAt, DateTimeOffset? GoodUntil);

internal static class ReadWebhook
{
    private static Task<IResult> Handle(
        Caller caller,
        Reader reader,
        FeedProgressStore progress,
        TimeProvider time,
        HttpResponse response,
        CancellationToken ct)
    {
        response.Headers.CacheControl = "no-store";
        return reader.OneAsync<Webhook>(
            Webhook.IdOf(caller.Partner!.Value),
            async (webhook, token) =>
            {
                if (Webhook.WhyNot(webhook) is { } refusal) return Problems.From(refusal);
                var now = time.GetUtcNow();
                var partner = await reader.LatestAsync<Partner>(webhook.PartnerId, token);
                var at = await progress.FindAsync(webhook.PartnerId, Webhook.Way, token);
                return Results.Ok(Show(webhook, partner?.InForce(now) is not null, at, now));
            },
            ct);
    }

    private static WebhookView Show(Webhook webhook, bool goesOn, FeedProgress? at, DateTimeOffset now) => new(
        webhook.Url!,
        webhook.Types,
        webhook.State == WebhookState.Active && !goesOn ? WebhookState.Stopped : webhook.State,
        [.. webhook.Signing(now).Select(secret => new WebhookSecretView(secret.Id, secret.MadeAt, secret.GoodUntil))],
        webhook.Disabled,
        at?.Position,
        at?.Failures ?? 0,
        at?.FailingSince,
        at?.NextAttemptAt);

    public static void Map(RouteGroupBuilder webhook) => webhook.MapGet("", Handle)
        .WithName("ReadWebhook")
        .Allow(Access.OfPartner())
        .WithSummary("Where the partner's events are posted, and how far that has got.")
        .Produces<WebhookView>()
        .ProducesProblem(StatusCodes.Status404NotFound);
}
