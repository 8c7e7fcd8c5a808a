using System.Text.Json.Serialization;
using EPerfect.Orders.Catalog;
using EPerfect.Orders.Customers;
using EPerfect.Orders.Ordering;

namespace EPerfect.Orders;

/// <summary>Reads and writes stored events without reflection: the hot path of every append and fold.</summary>
[JsonSerializable(typeof(CataloguePublished))]
[JsonSerializable(typeof(CustomerOpened))]
[JsonSerializable(typeof(CustomerClosed))]
[JsonSerializable(typeof(OrdersWoken))]
[JsonSerializable(typeof(OrderPlaced))]
[JsonSerializable(typeof(PaymentDeferred))]
[JsonSerializable(typeof(PaymentResumed))]
[JsonSerializable(typeof(PaymentAttemptFailed))]
[JsonSerializable(typeof(PaymentAuthorised))]
[JsonSerializable(typeof(PaymentDeclined))]
[JsonSerializable(typeof(PaymentCaptureStarted))]
[JsonSerializable(typeof(OrderPaid))]
[JsonSerializable(typeof(DomainRegistrationRequested))]
[JsonSerializable(typeof(HostingProvisioningRequested))]
[JsonSerializable(typeof(ProvisioningAttemptFailed))]
[JsonSerializable(typeof(ItemDelivered))]
[JsonSerializable(typeof(ItemFailed))]
[JsonSerializable(typeof(RefundAttemptFailed))]
[JsonSerializable(typeof(ItemRefunded))]
[JsonSerializable(typeof(LateAnswerRecorded))]
[JsonSerializable(typeof(OrderActivated))]
[JsonSerializable(typeof(OrderCancelled))]
[JsonSerializable(typeof(AuthorisationVoided))]
internal sealed partial class OrdersJson : JsonSerializerContext;
