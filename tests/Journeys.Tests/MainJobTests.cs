using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>The main job, through the gateway, by real processes: what a customer sees.</summary>
public sealed class MainJobTests(RunningPlatform platform)
{
    [Fact]
    public async Task A_customer_opens_an_account_orders_and_is_served()
    {
        using var customer = new TestCustomer(platform);

        var order = await customer.LiveThroughItAsync();

        order["status"]!.GetValue<string>().ShouldBe("active");
        order["items"]!.AsArray().Select(item => item!["state"]!.GetValue<string>()).ShouldAllBe(state => state == "delivered");
        order["payment"]!["captured"]!["amount"]!.ToString().ShouldBe(order["total"]!["amount"]!.ToString());

        var domain = await customer.ReadAsync($"/api/domains/{customer.Domain}");
        domain["status"]!.ToJsonString().ShouldContain("clientTransferProhibited");

        var seen = await Until.SomeAsync(
            async () => (await customer.ReadAsync($"/api/privacy/people/{customer.AccountId}/acknowledgements")) is { } found
                && found.ToJsonString().Contains("\"policySet\":1", StringComparison.Ordinal) ? found : null,
            "Privacy has recorded what was accepted");
        seen.ToJsonString().ShouldContain("policySet");
    }

    [Fact, Control("S15")]
    public async Task Whoever_looks_the_name_up_sees_the_registration_and_not_the_registrant()
    {
        using var customer = new TestCustomer(platform);
        await customer.LiveThroughItAsync();

        var rdap = (await customer.ReadAsync($"/rdap/domain/{customer.Domain}")).ToJsonString();

        rdap.ShouldContain(customer.Domain);
        rdap.ShouldContain("Registrant Name");
        foreach (var canary in customer.Canaries) rdap.ShouldNotContain(canary);
    }

    [Fact]
    public async Task A_hundred_equal_orders_under_one_key_are_one_order_and_one_charge()
    {
        using var customer = new TestCustomer(platform);
        await customer.OpenAccountAsync();
        await customer.StoreContactAsync();
        var ledgers = new Ledgers(platform);
        var before = await ledgers.CapturesAsync();
        using var client = customer.NewClient();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            var answer = await client.PostWithKeyAsync(
                "/api/orders", customer.OrderOf(customer.Domain), "one-key-" + customer.Domain);
            return (answer.StatusCode, answer.Headers.Location, Body: await answer.Content.ReadAsStringAsync());
        }));

        var one = answers.Distinct().ShouldHaveSingleItem();
        one.StatusCode.ShouldBe(HttpStatusCode.Created);
        var order = await customer.EndOfAsync(JsonNode.Parse(one.Body)!["id"]!.GetValue<Guid>());
        order["status"]!.GetValue<string>().ShouldBe("active");
        (await ledgers.CapturesAsync()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_name_that_cannot_be_had_is_refunded_and_the_order_says_why()
    {
        using var customer = new TestCustomer(platform);
        await customer.OpenAccountAsync();
        await customer.StoreContactAsync();

        var order = await customer.EndOfAsync(await customer.OrderAsync("taken-" + customer.Domain));

        order["status"]!.GetValue<string>().ShouldBe("active");
        var items = order["items"]!.AsArray();
        items.Single(item => item!["kind"]!.GetValue<string>() == "hosting")!["state"]!.GetValue<string>().ShouldBe("delivered");
        var domain = items.Single(item => item!["kind"]!.GetValue<string>() == "domain")!;
        domain["state"]!.GetValue<string>().ShouldBe("refunded");
        domain["problem"]!.GetValue<string>().ShouldBe("domain-taken");
        order["payment"]!["refunded"]!["amount"]!.ToString().ShouldBe(domain["total"]!["amount"]!.ToString());
    }

    [Fact]
    public async Task A_declined_payment_ends_the_order_and_delivers_nothing()
    {
        using var customer = new TestCustomer(platform);
        await customer.OpenAccountAsync();
        await customer.StoreContactAsync();

        var order = await customer.EndOfAsync(await customer.OrderAsync(token: "tok_decline"));

        order["status"]!.GetValue<string>().ShouldBe("cancelled");
        order["cancelReason"]!.GetValue<string>().ShouldBe("payment-declined");
        (await customer.ReadAsync($"/api/domains/availability?name={customer.Domain}"))["status"]!.GetValue<string>()
            .ShouldBe("available");
    }

    [Fact]
    public async Task A_gateway_that_charges_and_then_falls_silent_charges_once()
    {
        using var customer = new TestCustomer(platform);
        await customer.OpenAccountAsync();
        await customer.StoreContactAsync();
        var ledgers = new Ledgers(platform);
        var before = await ledgers.CapturesAsync();

        var order = await customer.EndOfAsync(await customer.OrderAsync(token: "tok_timeout_after_charge"));

        order["status"]!.GetValue<string>().ShouldBe("active");
        (await ledgers.CapturesAsync()).ShouldBe(before + 1);
    }
}
