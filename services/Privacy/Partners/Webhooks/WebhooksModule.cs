using System.Text.Json.Serialization;
using EPerfect.Privacy.Partners.Delivery;
using EPerfect.Privacy.Partners.Webhooks.Posting;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Webhooks;

/// <summary>The feed, posted to where the partner wants it: Standard Webhooks 1.0.0 with CloudEvents.</summary>
internal static class WebhooksModule
{
    public static ServiceDefinition WithWebhooks(this ServiceDefinition definition) => definition
        .Json(WebhooksJson.Default)
        .Event<WebhookSet>("webhook_set")
        .Event<WebhookSecretMade>("webhook_secret_made")
        .Event<WebhookDisabled>("webhook_disabled")
        .Event<WebhookResumed>("webhook_resumed")
        .Event<WebhookRemoved>("webhook_removed")
        .Stream<Webhook>()
        .Stoppable(Webhook.Way)
        .Marten(WebhookAttempts.Add)
        .Retains<SweepWebhookAttempts>(WebhookAttempts.Retention)
        .Services(services => services
            .AddSingleton(provider => WebhookOptions.From(
                provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>()))
            .AddSingleton<IHostNames, HostNames>()
            .AddSingleton<WebhookTargets>()
            .AddSingleton<WebhookClient>()
            .AddSingleton<WebhookSecrets>()
            .AddSingleton<WebhookAttempts>()
            .AddSingleton<DisableWebhook>()
            .AddSingleton<IFeedWay, WebhookWay>())
        .Endpoints(app =>
        {
            var webhook = app.MapGroup("/api/partners/webhook").WithTags("Partners");
            SetWebhook.Map(webhook);
            ReadWebhook.Map(webhook);
            RemoveWebhook.Map(webhook);
            MakeWebhookSecret.Map(webhook);
            ReplayWebhook.Map(webhook);
            RedeliverEvent.Map(webhook);
            ListWebhookAttempts.Map(webhook);
        });
}

[JsonSerializable(typeof(WebhookSet))]
[JsonSerializable(typeof(WebhookSecretMade))]
[JsonSerializable(typeof(WebhookDisabled))]
[JsonSerializable(typeof(WebhookResumed))]
[JsonSerializable(typeof(WebhookRemoved))]
internal sealed partial class WebhooksJson : JsonSerializerContext;
