using EPerfect.Contracts.Accounts;
using EPerfect.Contracts.Domains;
using EPerfect.Orders.Catalog;
using EPerfect.Orders.Customers;
using EPerfect.Orders.Customers.Reactions;
using EPerfect.Orders.Erasure;
using EPerfect.Orders.Ordering;
using EPerfect.Orders.Payment;
using EPerfect.Orders.Payment.Embedded;
using EPerfect.Orders.Provisioning;
using EPerfect.Orders.Provisioning.Embedded;
using EPerfect.Orders.Registration.Reactions;
using EPerfect.ServiceDefaults;
using JasperFx.Events.Projections;
using Marten;
using C = EPerfect.Contracts.Orders;

namespace EPerfect.Orders;

/// <summary>What Orders consists of, and under which names it is known.</summary>
internal static class OrdersModule
{
    public static ServiceDefinition Define() => new ServiceDefinition("orders")
        .Json(OrdersJson.Default)
        .Stream<Catalogue>()
        .Event<CataloguePublished>("catalogue_published")
        .Stream<Customer>()
        .Event<CustomerOpened>("customer_opened")
        .Event<CustomerClosed>("customer_closed")
        .Event<OrdersWoken>("orders_woken")
        .Stream<Order>()
        .Event<OrderPlaced>("order_placed")
        .Event<PaymentDeferred>("payment_deferred")
        .Event<PaymentResumed>("payment_resumed")
        .Event<PaymentAttemptFailed>("payment_attempt_failed")
        .Event<PaymentAuthorised>("payment_authorised")
        .Event<PaymentDeclined>("payment_declined")
        .Event<PaymentCaptureStarted>("payment_capture_started")
        .Event<OrderPaid>("order_paid")
        .Event<DomainRegistrationRequested>("domain_registration_requested")
        .Event<HostingProvisioningRequested>("hosting_provisioning_requested")
        .Event<ProvisioningAttemptFailed>("provisioning_attempt_failed")
        .Event<ItemDelivered>("item_delivered")
        .Event<ItemFailed>("item_failed")
        .Event<RefundAttemptFailed>("refund_attempt_failed")
        .Event<ItemRefunded>("item_refunded")
        .Event<LateAnswerRecorded>("late_answer_recorded")
        .Event<OrderActivated>("order_activated")
        .Event<OrderCancelled>("order_cancelled")
        .Event<AuthorisationVoided>("authorisation_voided")
        .Deadlines(OrderDeadlines.Of)
        .Runs<WakeOrders>(WakeOrders.Kind)
        .Runs<AuthorisePayment>(AuthorisePayment.Kind)
        .Runs<CapturePayment>(CapturePayment.Kind)
        .Runs<VoidAuthorisation>(VoidAuthorisation.Kind)
        .Runs<ProvisionHosting>(ProvisionHosting.Kind)
        .Runs<RefundItem>(RefundItem.Kind)
        .Stoppable("charge", AuthorisePayment.Kind, CapturePayment.Kind)
        .Outbound(Outbound.Map)
        .DeclaresData<C.DataDeclared>()
        .Publishes<C.OrderPlaced>(C.OrderPlaced.Name)
        .Publishes<C.OrderPaid>(C.OrderPaid.Name)
        .Publishes<C.DomainRegistrationRequested>(C.DomainRegistrationRequested.Name)
        .Publishes<C.OrderItemRefunded>(C.OrderItemRefunded.Name)
        .Publishes<C.OrderActivated>(C.OrderActivated.Name)
        .Publishes<C.OrderCancelled>(C.OrderCancelled.Name)
        .Reacts<AccountOpened, AccountOpenedReaction>(AccountOpened.Name)
        .Reacts<AccountClosed, AccountClosedReaction>(AccountClosed.Name)
        .Reacts<DomainRegistered, DomainRegisteredReaction>(DomainRegistered.Name)
        .Reacts<DomainRegistrationFailed, DomainRegistrationFailedReaction>(DomainRegistrationFailed.Name)
        .WithErasure()
        .Restricts<C.RestrictionApplied>()
        .HoldsByOrder<C.LegalHoldApplied>()
        .Measures<OrderMeasure>()
        .Marten(Store)
        .Services(Parts)
        .Endpoints(Routes);

    private static void Store(StoreOptions options)
    {
        options.Projections.Snapshot<OrderSummary>(SnapshotLifecycle.Async);
        options.Schema.For<OrderSummary>().Index(o => o.AccountId).Index(o => o.Status);
        foreach (var table in PaymentLedger.Tables().Concat(ProvisionLedger.Tables()))
            options.Storage.ExtendedSchemaObjects.Add(table);
    }

    private static void Parts(IServiceCollection services) => services
        .AddSingleton(_ => CatalogueFile.Read(Path.Combine(AppContext.BaseDirectory, "Catalog", "catalogue.json")))
        .AddSingleton<SeedCatalogue>()
        .AddHostedService(provider => provider.GetRequiredService<SeedCatalogue>())
        .AddHostedService<TimeToActive>()
        .AddSingleton<Catalogues>()
        .AddSingleton<IPaymentGateway, EmbeddedPaymentGateway>()
        .AddSingleton<IHostingProvisioner, EmbeddedProvisioner>();

    private static void Routes(IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/api/orders").WithTags("Orders");
        ReadCatalogue.Map(orders);
        PlaceOrder.Map(orders);
        ReadOrder.Map(orders);
        ListOrders.Map(orders);
        CancelOrder.Map(orders);
        OrderHistory.Map(orders);
    }
}
