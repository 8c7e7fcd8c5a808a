namespace EPerfect.Orders.Ordering;

/// <summary>When the last item is settled the order is: active if anything was delivered, else it ended without
/// effect.</summary>
internal static class Settling
{
    /// <param name="order">The order, with the item's last event applied.</param>
    /// <param name="now">The time of that event.</param>
    public static IEnumerable<object> Of(Order order, DateTimeOffset now)
    {
        if (order.Status is not OrderStatus.Paid || !order.Items.All(i => i.IsSettled)) yield break;
        Guid[] delivered = [.. order.Items.Where(i => i.State is ItemState.Delivered).Select(i => i.Id)];
        yield return delivered.Length > 0
            ? new OrderActivated(order.AccountId, delivered, now)
            : new OrderCancelled(order.AccountId, CancelReasons.NothingDelivered, now);
    }
}
