using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>One order is one trace, from the gateway's request to the last consumer.</summary>
public sealed class TraceTests(RunningPlatform platform)
{
    [Fact]
    public async Task One_trace_holds_gateway_Orders_publish_Domains_publish_and_Orders_again()
    {
        using var customer = new TestCustomer(platform);
        await customer.OpenAccountAsync();
        await customer.StoreContactAsync();
        using var client = customer.NewClient();
        var placed = await client.PostWithKeyAsync("/api/orders", customer.OrderOf(customer.Domain));
        var trace = placed.Headers.GetValues("Trace-Id").Single();
        var id = (await placed.JsonAsync())["id"]!.GetValue<Guid>();
        await customer.EndOfAsync(id);

        await Until.TrueAsync(() => Task.FromResult(Holds(trace)), "the whole trace is written");
    }

    private bool Holds(string trace)
    {
        var spans = Traces.Read(platform.TraceFolder).Where(span => span.TraceId == trace).ToArray();
        bool Has(string service, string part) => Array.Exists(spans, span =>
            span.Service == service && span.Name.Contains(part, StringComparison.Ordinal));
        return Has("gateway", "POST")
            && Has("orders", "POST")
            && Has("orders", "publish orders.domain-registration-requested.v1")
            && Has("domains", "domains.domain-registration-requested")
            && Has("domains", "publish domains.domain-registered.v1")
            && Has("orders", "orders.domain-registered");
    }
}
