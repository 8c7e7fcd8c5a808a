using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using EPerfect.Privacy.Partners.Delivery;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.Partners.Webhooks.Posting;

/// <summary>Posts events one after the other, signed. 2xx is delivered; anything else is tried again.</summary>
internal sealed class WebhookWay(
    IDocumentStore store,
    WebhookSecrets secrets,
    WebhookClient client,
    WebhookAttempts attempts,
    DisableWebhook disable,
    StoppedEffects stopped,
    TimeProvider time) : IFeedWay
{
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(1);

    public string Name => Webhook.Way;

    public int MostAtOnce => 1;

    public Task<bool> IsHeldAsync(CancellationToken cancellationToken) => stopped.HasAsync(Webhook.Way, cancellationToken);

    public async Task<Sending> SendAsync(Parcel parcel, CancellationToken cancellationToken)
    {
        var e = parcel.Events[0];
        using var span = DeliverySpan.Start(e, parcel.PartnerId, Name, "http");
        await using var session = store.LightweightSession();
        var webhook = await session.Events.FetchLatest<Webhook>(Webhook.IdOf(parcel.PartnerId), cancellationToken);
        // Changed at this moment; the lane finds out.
        if (webhook is not { State: WebhookState.Active }) return new(0, Shortly);

        var at = time.GetUtcNow();
        var answer = await PostAsync(webhook, e, at, cancellationToken);
        span?.SetTag("eperfect.delivery.outcome", answer.Outcome);
        if (answer.Outcome != Outcomes.Delivered) span?.SetStatus(ActivityStatusCode.Error, answer.Outcome);
        await attempts.AddAsync(
            parcel.PartnerId,
            new(
                Guid.CreateVersion7(at),
                Guid.Parse(e.Id),
                e.Attributes["type"],
                at,
                answer.Outcome,
                answer.Status,
                (int)answer.Took.TotalMilliseconds),
            cancellationToken);
        if (answer.Outcome == Outcomes.Delivered) return new(1);

        var failingFor = time.GetUtcNow() - (parcel.FailingSince ?? at);
        var pause = RetrySchedule.Next(parcel.Failures, failingFor, answer.RetryAfter, Random.Shared.NextDouble());
        if (answer.Outcome == Outcomes.Gone)
            await disable.DisableAsync(parcel.PartnerId, webhook.Url!, DisabledReason.Gone, cancellationToken);
        else if (pause is null)
            await disable.DisableAsync(parcel.PartnerId, webhook.Url!, DisabledReason.Failing, cancellationToken);
        return new(0, pause ?? Shortly);
    }

    private async Task<WebhookAnswer> PostAsync(
        Webhook webhook, CloudEvent e, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(e.Structured().ToJsonString());
        var timestamp = at.ToUnixTimeSeconds();
        var keys = new List<byte[]>();
        try
        {
            foreach (var secret in webhook.Signing(at)) keys.Add(await secrets.KeyOfAsync(secret, cancellationToken));
            (string, string)[] headers =
            [
                ("webhook-id", e.Id),
                ("webhook-timestamp", $"{timestamp}"),
                ("webhook-signature", WebhookSignature.Of(keys, e.Id, timestamp, body)),
            ];
            return await client.PostAsync(webhook.Url!, headers, body, cancellationToken);
        }
        finally
        {
            keys.ForEach(key => CryptographicOperations.ZeroMemory(key));
        }
    }
}
