using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Delivery;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Webhooks.Posting;

/// <summary>Nothing is posted until the partner resumes it. The partner finds it in the webhook's state, in the lag, and as
/// an event by its other ways.</summary>
internal sealed partial class DisableWebhook(Writer writer, TimeProvider time, ILogger<DisableWebhook> logger)
{
    /// <summary>What one address answered says nothing of the address that took its place meanwhile.</summary>
    internal static Decision Decide(Webhook? webhook, string url, DisabledReason reason, DateTimeOffset now) =>
        webhook is { State: WebhookState.Active } && webhook.Url == url
            ? Decision.Of(new WebhookDisabled(reason, now))
            : Decision.Nothing;

    /// <param name="partner">Whose webhook.</param>
    /// <param name="url">Where it was posted to.</param>
    /// <param name="reason">What came of it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task DisableAsync(Guid partner, string url, DisabledReason reason, CancellationToken cancellationToken)
    {
        var (id, now) = (Webhook.IdOf(partner), time.GetUtcNow());
        var decided = await writer.WriteAsync(
            id,
            "privacy/webhooks",
            async (work, token) =>
            {
                var decision = await work.ChangeAsync<Webhook>(id, webhook => Decide(webhook, url, reason, now), token);
                if (decision.Events.Count == 0) return decision;
                FeedProgress.TurnOff(work, partner, Webhook.Way);
                await RecordEntry.RecordAsync(work, Notice(partner, reason, now), token);
                return decision;
            },
            cancellationToken);
        if (decided.Events.Count > 0) LogDisabled(partner, reason);
    }

    private static FeedEntryRecorded Notice(Guid partner, DisabledReason reason, DateTimeOffset now) => RecordEntry.Entry(
        partner,
        $"{partner:D} {now:O}",
        new WebhookDisabledData(reason.ToString().ToLowerInvariant(), now),
        now,
        onlyFor: partner);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The webhook of partner {PartnerId} is disabled: {Reason}")]
    private partial void LogDisabled(Guid partnerId, DisabledReason reason);
}
