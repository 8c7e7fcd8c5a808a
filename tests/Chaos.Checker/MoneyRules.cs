namespace EPerfect.Chaos.Checker;

/// <summary>One charge per paid order, none without an order; what was not delivered is paid back; all sums to zero.</summary>
internal static class MoneyRules
{
    /// <summary>What holds at any moment, whatever is under way.</summary>
    public static IEnumerable<Violation> Always(OrderFacts order)
    {
        var subject = $"order {order.Id}";
        if (!order.IsPlaced && order.Captures.Count > 0)
            yield return new("charge-without-order", subject, $"{order.Captures.Count} charges");
        if (order.Captures.Count > 1)
            yield return new("one-charge-per-order", subject, $"{order.Captures.Count} charges");
        if (order.Has("order_paid") && order.Captures.Count == 0)
            yield return new("paid-without-charge", subject, "the provider has no charge");
        foreach (var refund in order.Refunds.Where(refund => !order.Items("item_failed").Contains(refund.Key)))
            yield return new("refund-of-what-was-delivered", subject, $"item {refund.Key}, {refund.Amount}");
        foreach (var item in order.Items("item_refunded").Where(item => order.Refunds.All(refund => refund.Key != item)))
            yield return new("refund-missing", subject, $"item {item} is noted as paid back");
    }

    /// <summary>What holds of an order that has ended.</summary>
    public static IEnumerable<Violation> AtTheEnd(OrderFacts order)
    {
        if (!order.IsPlaced || !order.HasEnded || order.Captures.Count > 1) yield break;
        var subject = $"order {order.Id}";
        var missing = order.Items("item_failed").Except(order.Refunds.Select(refund => refund.Key)).ToArray();
        foreach (var item in missing) yield return new("refund-missing", subject, $"item {item} failed");
        if (order.Captures.Count == 1 && !order.Has("order_paid"))
            yield return new("charge-of-an-unpaid-order", subject, $"{order.Captures[0].Amount}");
        var kept = order.Captures.Sum(capture => capture.Amount) - order.Refunds.Sum(refund => refund.Amount);
        var delivered = order.Items("item_delivered").Distinct().Sum(item => order.Lines[item]);
        // What has a name of its own above is not told twice.
        var isTold = missing.Length > 0 || order.Has("order_paid") != order.Captures.Count > 0;
        if (!isTold && kept != delivered)
            yield return new("balance", subject, $"{kept} kept, {delivered} delivered");
    }
}
