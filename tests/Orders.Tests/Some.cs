using System.Buffers.Text;
using EPerfect.Orders.Catalog;
using EPerfect.Orders.Customers;
using EPerfect.Orders.Ordering;
using EPerfect.Orders.Payment;
using EPerfect.PersonalData;

namespace EPerfect.Orders.Tests;

/// <summary>Plain examples to build specifications from.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly Guid OrderId = new("01950000-0000-7000-8000-000000000001");
    public static readonly Guid AccountId = new("01950000-0000-7000-8000-0000000000aa");
    public static readonly Guid ContactId = new("01950000-0000-7000-8000-0000000000cc");
    public static readonly Guid HostingItem = new("01950000-0000-7000-8000-0000000000b1");
    public static readonly Guid DomainItem = new("01950000-0000-7000-8000-0000000000b2");

    public static readonly CatalogueFile File =
        CatalogueFile.Read(Path.Combine(AppContext.BaseDirectory, "Catalog", "catalogue.json"));

    public static readonly Catalogue Catalogue =
        Catalogue.Create(new CataloguePublished(7, File.Sha256, File.Content, Now));

    public static readonly Customer Customer = new() { Id = AccountId, Kind = "customer" };

    public static readonly Customer ClosedCustomer = Customer with { IsClosed = true };

    public static readonly Sealed<PaymentMethod> PaymentMethod =
        Sealed.Parse<PaymentMethod>($"p1.billing.1.{AccountId:N}.{Base64Url.EncodeToString(new byte[48])}");

    public static readonly OrderItemRequest Hosting = new("perfect-1", PeriodMonths: 12);

    public static readonly OrderItemRequest Domain = new(
        "domain-com", Action: "register", DomainName: "example.com", Years: 2, RegistrantContactId: ContactId);

    public static readonly OrderLine HostingLine = new(
        HostingItem, "perfect-1", 7, Quantity: 1, UnitPrice: 53.46m, SetupFee: 10m, Total: 63.46m,
        Hosting: new(12, new Quota(1000, 10, 1, 10), ["example.com"]));

    public static readonly OrderLine DomainLine = new(
        DomainItem, "domain-com", 7, Quantity: 1, UnitPrice: 11.95m, SetupFee: 0, Total: 23.90m,
        Domain: new("example.com", 2, ContactId, []));

    public static PlaceOrderRequest Request(params OrderItemRequest[] items) => new(AccountId, "USD", "tok_ok", items);

    public static OrderPlaced Placed(params OrderLine[] lines) => new(
        OrderId, AccountId, 7, "USD", 2, lines.Sum(l => l.Total), lines, PaymentMethod, Now);
}
