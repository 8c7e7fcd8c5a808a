using System.Text.Json.Serialization;
using EPerfect.Privacy.Partners.Feed.Reactions;
using EPerfect.ServiceDefaults;
using A = EPerfect.Contracts.Accounts;
using C = EPerfect.Contracts.Privacy;
using D = EPerfect.Contracts.Domains;
using O = EPerfect.Contracts.Orders;

namespace EPerfect.Privacy.Partners.Feed;

/// <summary>What there is to tell, and the gate through which it leaves.</summary>
internal static class FeedModule
{
    public static ServiceDefinition WithFeed(this ServiceDefinition definition) => definition
        .Json(FeedJson.Default)
        .Event<FeedEntryRecorded>(FeedReader.StoredAs)
        .Finds("mt_events_of_feed", FeedReader.ByTime)
        .Reacts<A.AccountOpened, AccountOpenedToFeed>(A.AccountOpened.Name, "feed-account-opened")
        .Reacts<A.AccountClosed, AccountClosedToFeed>(A.AccountClosed.Name, "feed-account-closed")
        .Reacts<O.OrderPlaced, OrderPlacedToFeed>(O.OrderPlaced.Name, "feed-order-placed")
        .Reacts<O.OrderPaid, OrderPaidToFeed>(O.OrderPaid.Name, "feed-order-paid")
        .Reacts<O.OrderActivated, OrderActivatedToFeed>(O.OrderActivated.Name, "feed-order-activated")
        .Reacts<O.OrderCancelled, OrderCancelledToFeed>(O.OrderCancelled.Name, "feed-order-cancelled")
        .Reacts<O.OrderItemRefunded, OrderItemRefundedToFeed>(O.OrderItemRefunded.Name, "feed-order-item-refunded")
        .Reacts<D.DomainRegistered, DomainRegisteredToFeed>(D.DomainRegistered.Name, "feed-domain-registered")
        .Reacts<D.DomainRegistrationFailed, DomainRegistrationFailedToFeed>(
            D.DomainRegistrationFailed.Name, "feed-domain-registration-failed")
        .Reacts<C.ConsentChanged, ConsentChangedToFeed>(C.ConsentChanged.Name, "feed-consent-changed")
        .Marten(DisclosureTable.Add)
        .Services(services => services
            .AddSingleton<FeedReader>()
            .AddSingleton<PartnerTellings>()
            .AddSingleton<EnclosedOpener>()
            .AddSingleton<FeedGate>()
            .AddSingleton<CloudEvents>()
            .AddSingleton<FeedSignal>()
            .AddHostedService(provider => provider.GetRequiredService<FeedSignal>()))
        .Endpoints(app =>
        {
            ReadDisclosures.Map(app.MapGroup("/api/privacy/people").WithTags("Partners"));
            var partners = app.MapGroup("/api/partners").WithTags("Partners");
            AcknowledgeEvent.Map(partners);
            ListDeliveries.Map(partners);
        });
}

[JsonSerializable(typeof(FeedEntryRecorded))]
internal sealed partial class FeedJson : JsonSerializerContext;
