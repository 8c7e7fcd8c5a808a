namespace EPerfect.Chaos.Checker;

/// <summary>One registration per name, at the registry as in the streams; what is delivered was delivered once.</summary>
internal static class DeliveryRules
{
    public static async Task<IReadOnlyList<Violation>> CheckAsync(
        Stores stores, IReadOnlyList<OrderFacts> orders, bool isEnd)
    {
        var violations = new List<Violation>();
        var registered = await StoredEvent.ReadAsync(stores, "domains", "domain_registered");
        // Read after the events: what an event says must be there by now.
        var registry = (await stores.QueryAsync(
                "domains", "select name, token from registry.domains", row => (Name: row.GetString(0), Token: row.GetGuid(1))))
            .ToDictionary(domain => domain.Name, domain => domain.Token, StringComparer.Ordinal);
        foreach (var name in registered.GroupBy(e => e.Text("domainName"), StringComparer.Ordinal))
        {
            if (name.Count() > 1)
                violations.Add(new("one-registration-per-name", name.Key, $"{name.Count()} registrations in the streams"));
            else if (registry.GetValueOrDefault(name.Key) != name.First().Id("itemId"))
                violations.Add(new("registered-without-registry", name.Key, "the registry has it not, or for another order"));
        }

        var provisioned = (await stores.QueryAsync(
            "orders", "select token from provisioner.ledger where reason is null", row => row.GetGuid(0))).ToHashSet();
        if (!isEnd) return violations;
        var known = registered.Select(e => e.Id("itemId")).ToHashSet();
        violations.AddRange(registry.Where(domain => !known.Contains(domain.Value))
            .Select(domain => new Violation("registry-without-registration", domain.Key, $"token {domain.Value}")));
        foreach (var order in orders.Where(order => order.HasEnded))
        {
            var (delivered, failed) = (order.Items("item_delivered").ToArray(), order.Items("item_failed").ToHashSet());
            foreach (var twice in delivered.GroupBy(item => item).Where(item => item.Count() > 1))
                violations.Add(new("delivered-twice", $"order {order.Id}", $"item {twice.Key}"));
            foreach (var item in delivered.Where(item => !known.Contains(item) && !provisioned.Contains(item)))
                violations.Add(new("delivered-without-delivery", $"order {order.Id}", $"item {item}"));
            foreach (var item in order.Lines.Keys.Where(item => !delivered.Contains(item)
                && (known.Contains(item) || (provisioned.Contains(item) && !failed.Contains(item)))))
            {
                violations.Add(new("delivery-unknown-to-the-order", $"order {order.Id}", $"item {item}"));
            }
        }

        return violations;
    }
}
