using EPerfect.PersonalData;

namespace EPerfect.Orders.Ordering;

/// <summary>One order in an account's list. A projection: dropped and rebuilt, it is the same.</summary>
internal sealed record OrderSummary
{
    public Guid Id { get; init; }

    public Guid AccountId { get; init; }

    public OrderStatus Status { get; init; }

    public string Currency { get; init; } = "";

    public int MinorUnits { get; init; }

    public decimal Total { get; init; }

    [InClear<ChosenServices>]
    public IReadOnlyList<string> Products { get; init; } = [];

    public DateTimeOffset PlacedAt { get; init; }

    public static OrderSummary Create(OrderPlaced e) => new()
    {
        Id = e.OrderId,
        AccountId = e.AccountId,
        Currency = e.Currency,
        MinorUnits = e.MinorUnits,
        Total = e.Total,
        Products = [.. e.Lines.Select(l => l.Product)],
        PlacedAt = e.PlacedAt,
    };

    public OrderSummary Apply(PaymentAuthorised _) => this with { Status = OrderStatus.Authorised };

    public OrderSummary Apply(PaymentCaptureStarted _) => this with { Status = OrderStatus.Capturing };

    public OrderSummary Apply(OrderPaid _) => this with { Status = OrderStatus.Paid };

    public OrderSummary Apply(OrderActivated _) => this with { Status = OrderStatus.Active };

    public OrderSummary Apply(OrderCancelled _) => this with { Status = OrderStatus.Cancelled };
}
