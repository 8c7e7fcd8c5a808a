using System.Globalization;
using EPerfect.Contracts.Orders;
using EPerfect.Contracts.Partners;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Feed.Reactions;

/// <summary>Amounts leave as text, in units of the currency: not every language reads a JSON number as a decimal.</summary>
internal static class Amounts
{
    public static string Text(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);
}

internal sealed class OrderPlacedToFeed : IFeedReaction<OrderPlaced>
{
    public Guid StreamOf(OrderPlaced message) => RecordEntry.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, OrderPlaced message, CancellationToken cancellationToken) =>
        RecordEntry.RecordAsync(
            work,
            RecordEntry.Entry(
                message.AccountId,
                $"{message.OrderId:D}",
                new OrderPlacedData(
                    message.OrderId,
                    message.Currency,
                    Amounts.Text(message.Total),
                    [.. message.Items.Select(item =>
                        new OrderedItemData(item.ItemId, item.Product, item.Kind, Amounts.Text(item.Total)))],
                    message.PlacedAt),
                message.PlacedAt),
            cancellationToken);
}

internal sealed class OrderPaidToFeed : IFeedReaction<OrderPaid>
{
    public Guid StreamOf(OrderPaid message) => RecordEntry.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, OrderPaid message, CancellationToken cancellationToken) =>
        RecordEntry.RecordAsync(
            work,
            RecordEntry.Entry(
                message.AccountId,
                $"{message.OrderId:D} {message.StreamVersion}",
                new OrderPaidData(message.OrderId, message.Currency, Amounts.Text(message.Amount), message.PaidAt),
                message.PaidAt),
            cancellationToken);
}

internal sealed class OrderActivatedToFeed : IFeedReaction<OrderActivated>
{
    public Guid StreamOf(OrderActivated message) => RecordEntry.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, OrderActivated message, CancellationToken cancellationToken) =>
        RecordEntry.RecordAsync(
            work,
            RecordEntry.Entry(
                message.AccountId,
                $"{message.OrderId:D} {message.StreamVersion}",
                new OrderActivatedData(message.OrderId, message.DeliveredItems, message.ActivatedAt),
                message.ActivatedAt),
            cancellationToken);
}

internal sealed class OrderCancelledToFeed : IFeedReaction<OrderCancelled>
{
    public Guid StreamOf(OrderCancelled message) => RecordEntry.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, OrderCancelled message, CancellationToken cancellationToken) =>
        RecordEntry.RecordAsync(
            work,
            RecordEntry.Entry(
                message.AccountId,
                $"{message.OrderId:D} {message.StreamVersion}",
                new OrderCancelledData(message.OrderId, message.Reason, message.CancelledAt),
                message.CancelledAt),
            cancellationToken);
}

internal sealed class OrderItemRefundedToFeed : IFeedReaction<OrderItemRefunded>
{
    public Guid StreamOf(OrderItemRefunded message) => RecordEntry.StreamOf(message.AccountId);

    public Task ReactAsync(UnitOfWork work, OrderItemRefunded message, CancellationToken cancellationToken) =>
        RecordEntry.RecordAsync(
            work,
            RecordEntry.Entry(
                message.AccountId,
                $"{message.ItemId:D} {message.StreamVersion}",
                new OrderItemRefundedData(
                    message.OrderId,
                    message.ItemId,
                    message.Currency,
                    Amounts.Text(message.Amount),
                    message.Reason,
                    message.RefundedAt),
                message.RefundedAt),
            cancellationToken);
}
