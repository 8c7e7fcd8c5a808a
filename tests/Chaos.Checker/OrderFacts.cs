using System.Data;

namespace EPerfect.Chaos.Checker;

/// <summary>One entry of the payment provider's books that was approved.</summary>
internal sealed record Payment(string Kind, Guid Key, string Reference, string? Parent, decimal Amount);

/// <summary>An order by its events and by the provider's books, at one moment.</summary>
internal sealed record OrderFacts(Guid Id, IReadOnlyList<StoredEvent> Events)
{
    public required IReadOnlyList<Payment> Captures { get; init; }

    public required IReadOnlyList<Payment> Refunds { get; init; }

    public bool IsPlaced => Has("order_placed");

    public bool HasEnded => Has("order_activated") || Has("order_cancelled");

    public IReadOnlyDictionary<Guid, decimal> Lines => Events.Where(e => e.Type is "order_placed")
        .SelectMany(e => e.Data["lines"]!.AsArray())
        .ToDictionary(line => Guid.Parse(line!["itemId"]!.GetValue<string>()), line => line!["total"]!.GetValue<decimal>());

    public bool Has(string type) => Events.Any(e => string.Equals(e.Type, type, StringComparison.Ordinal));

    public IEnumerable<Guid> Items(string type) =>
        Events.Where(e => string.Equals(e.Type, type, StringComparison.Ordinal)).Select(e => e.Id("itemId"));

    public static async Task<IReadOnlyList<OrderFacts>> ReadAsync(Stores stores)
    {
        await using var connection = await stores.OpenAsync("orders");
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        var events = (await StoredEvent.ReadAsync(
            connection, "order_placed", "payment_authorised", "order_paid", "domain_registration_requested",
            "hosting_provisioning_requested", "item_delivered", "item_failed", "item_refunded", "order_activated",
            "order_cancelled", "authorisation_voided")).ToLookup(e => e.Stream);
        var payments = await Stores.QueryAsync(
            connection,
            "select kind, idempotency_key, reference, parent, amount from payment_gateway.ledger where reason is null",
            row => new Payment(
                row.GetString(0), row.GetGuid(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3),
                row.GetDecimal(4)));
        var captures = payments.Where(payment => payment.Kind is "Capture").ToLookup(payment => OrderOf(payment.Parent!));
        var orderOfCapture = captures.SelectMany(order => order.Select(capture => (capture.Reference, Order: order.Key)))
            .GroupBy(capture => capture.Reference, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.First().Order, StringComparer.Ordinal);
        var refunds = payments.Where(payment => payment.Kind is "Refund")
            .ToLookup(payment => orderOfCapture.GetValueOrDefault(payment.Parent!));
        return [.. events.Select(order => order.Key)
            .Union(captures.Select(order => order.Key)).Union(refunds.Select(order => order.Key))
            .Select(id => new OrderFacts(id, [.. events[id]])
            {
                Captures = [.. captures[id]], Refunds = [.. refunds[id]],
            })];
    }

    /// <summary>The provider is asked under the order's own id.</summary>
    private static Guid OrderOf(string authorisation) =>
        Guid.TryParse(authorisation[(authorisation.IndexOf('_', StringComparison.Ordinal) + 1)..], out var order)
            ? order
            : default;
}
