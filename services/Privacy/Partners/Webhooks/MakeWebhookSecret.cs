using EPerfect.PersonalData;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Delivery;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPerfect.Privacy.Partners.Webhooks;

internal sealed record MakeWebhookSecretRequest;

/// <param name="Secret">What receivers verify with: <c>whsec_</c> and the key in base64.</param>
/// <param name="OldGoodUntil">How long the one before it signs along.</param>
internal sealed record MadeWebhookSecret(string Secret, DateTimeOffset? OldGoodUntil);

/// <summary>
/// Makes the secret that signs from now on: the first one begins deliveries, the next one replaces it with an overlap of a
/// day. It is in the answer to this request, and to its repeat under the same Idempotency-Key.
/// </summary>
internal static class MakeWebhookSecret
{
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    internal static Decision Decide(Webhook webhook, WebhookSecretMade made) =>
        Webhook.WhyNot(webhook) is { } refusal ? refusal : Decision.Of(made);

    private static async Task<IResult> Handle(
        MakeWebhookSecretRequest request,
        Commands commands,
        Caller caller,
        Reader reader,
        BlindIndex index,
        WebhookSecrets secrets,
        FeedBeginning beginning,
        TimeProvider time,
        HttpContext http,
        CancellationToken ct)
    {
        var partner = caller.Partner!.Value;
        var webhook = Webhook.IdOf(partner);
        var key = index.Compute("webhook-secret", $"{caller.Actor} {http.Request.Headers["Idempotency-Key"]}");
        // The same for a repeat, so that it finds what it made.
        var id = DeterministicId.From(webhook, key);
        var agreement = (await reader.LatestAsync<Partner>(partner, ct))?.Agreement;
        var (begin, now) = (await beginning.OfAsync(partner, Webhook.Way, agreement, ct), time.GetUtcNow());
        var made = new WebhookSecretMade(id, await secrets.MakeAsync(id, ct), now + Overlap, now);
        var result = await commands.ChangeAsync<Webhook>(
            webhook,
            (state, work, _) =>
            {
                if (state.State == WebhookState.WithoutSecret)
                {
                    FeedProgress.TurnOn(work, partner, Webhook.Way, begin);
                    FeedProgress.Choose(work, partner, Webhook.Way, state.Types);
                }

                return Task.FromResult(Decide(state, made));
            },
            ct);
        if (result is ProblemHttpResult) return result;
        var after = await reader.LatestAsync<Webhook>(webhook, ct);
        // Another one was made meanwhile: no secret for an old wish.
        if (after?.Secret?.Id != id) return Problems.From(WebhookRefusals.SecretShown);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(new MadeWebhookSecret(
            await secrets.ShowAsync(after.Secret, ct), after.OldSecret?.GoodUntil));
    }

    public static void Map(RouteGroupBuilder webhook) => webhook.MapPost("/secret", Handle)
        .WithName("MakeWebhookSecret")
        .Allow(Access.OfPartner())
        .WithSummary("Makes the secret that signs; the one before it signs along for a day. It is in this answer alone.")
        .Produces<MadeWebhookSecret>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
