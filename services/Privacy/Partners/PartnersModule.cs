using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Delivery;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.Privacy.Partners.Pull;
using EPerfect.Privacy.Partners.Queues;
using EPerfect.Privacy.Partners.Sandbox;
using EPerfect.Privacy.Partners.Schemas;
using EPerfect.Privacy.Partners.Sharing;
using EPerfect.Privacy.Partners.Webhooks;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners;

/// <summary>What partners need: agreements, the feed, and the ways to take it.</summary>
internal static class PartnersModule
{
    public static ServiceDefinition WithPartners(this ServiceDefinition definition) => definition
        .WithAgreements()
        .WithFeed()
        .WithSharing()
        .WithDelivery()
        .WithPull()
        .WithWebhooks()
        .WithQueues()
        .WithSandbox()
        .Endpoints(app => ReadSchemas.Map(app.MapGroup("/api/partners").WithTags("Partners")));
}
