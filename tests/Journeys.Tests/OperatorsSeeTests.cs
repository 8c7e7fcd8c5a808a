using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>What an operator sees of a customer's order, through the gateway, over real processes.</summary>
public sealed partial class OperatorsSeeTests(OperatorsPlatform platform) : IClassFixture<OperatorsPlatform>
{
    private static readonly string[] OfOrders =
    [
        "order_placed", "payment_authorised", "payment_capture_started", "order_paid", "domain_registration_requested",
        "hosting_provisioning_requested", "item_delivered", "item_delivered", "order_activated",
    ];

    private static readonly string[] OfDomains = ["registration_started", "domain_registered"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_story_of_an_order_holds_its_whole_chain_of_causes_over_all_services_and_nothing_of_the_customer()
    {
        using var customer = new TestCustomer(platform.Running);
        await customer.OpenAccountAsync();
        await customer.StoreContactAsync();
        await KnowsAsync("accounts", customer.AccountId, "customer_opened");
        var order = await customer.OrderAsync();
        await customer.EndOfAsync(order);

        var (story, text) = await StoryAsync($"orders/{order}");

        story["complete"]!.GetValue<bool>().ShouldBeTrue();
        EventsOf(story, "orders").ShouldBe(OfOrders, ignoreOrder: true);
        EventsOf(story, "domains").ShouldBe(OfDomains, ignoreOrder: true);
        ShouldBeOneChain(story);
        foreach (var canary in customer.Canaries) text.ShouldNotContain(canary);
        text.ShouldNotContain(customer.Domain);
    }

    [Fact]
    public async Task The_story_of_an_account_and_of_a_domain_by_its_name_lead_to_the_order()
    {
        using var customer = new TestCustomer(platform.Running);
        await customer.OpenAccountAsync();
        await customer.StoreContactAsync();
        // An order that overtakes its account goes on because of the account, and that is then what its domain's story tells.
        await KnowsAsync("accounts", customer.AccountId, "customer_opened");
        await customer.EndOfAsync(await customer.OrderAsync());

        var (domain, domainText) = await StoryAsync($"domains/{customer.Domain}");
        var (account, accountText) = await StoryAsync($"accounts/{customer.AccountId}");

        EventsOf(domain, "orders").ShouldContain("order_placed");
        EventsOf(account, "accounts").ShouldContain("account_opened");
        EventsOf(account, "orders").ShouldContain("customer_opened");
        foreach (var canary in customer.Canaries) (domainText + accountText).ShouldNotContain(canary);
    }

    [Fact]
    public async Task The_customer_does_not_get_to_it_and_what_is_not_there_has_none()
    {
        using var customer = new TestCustomer(platform.Running);
        await customer.OpenAccountAsync();
        using var client = customer.NewClient();

        (await client.GetAsync($"/api/operations/accounts/{customer.AccountId}/story", Ct)).StatusCode
            .ShouldBe(HttpStatusCode.Forbidden);
        foreach (var nothing in new[] { $"orders/{Guid.NewGuid()}", "domains/no-such-name.com", "domains/-" })
        {
            (await platform.Operator.GetAsync($"/api/operations/{nothing}/story", Ct)).StatusCode
                .ShouldBe(HttpStatusCode.NotFound, nothing);
        }
    }

    /// <summary>One wish of the customer, and everything else follows from it.</summary>
    private static void ShouldBeOneChain(JsonObject story)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var entries = story["entries"]!.AsArray();
        var root = entries[0]!;
        root["event"]!.GetValue<string>().ShouldBe("order_placed");
        root["who"]!["kind"]!.GetValue<string>().ShouldBe("user");
        root["who"]!["role"]!.GetValue<string>().ShouldBe("owner");
        root["causedBy"].ShouldBeNull();
        foreach (var entry in entries)
        {
            if (entry != root) known.ShouldContain(entry!["causedBy"]?.GetValue<string>(), entry.ToJsonString());
            entry!["traceId"]!.GetValue<string>().ShouldBe(root["traceId"]!.GetValue<string>());
            known.Add(entry["id"]!.GetValue<string>());
        }
    }

    private static IEnumerable<string> EventsOf(JsonObject story, string service) =>
        from entry in story["entries"]!.AsArray()
        where entry["service"]!.GetValue<string>() == service
        select entry["event"]!.GetValue<string>();

    private async Task KnowsAsync(string kind, Guid id, string what) => await Until.TrueAsync(
        async () => (await StoryAsync($"{kind}/{id}")).Text.Contains(what, StringComparison.Ordinal), $"{what} is known");

    private async Task<(JsonObject Story, string Text)> StoryAsync(string of)
    {
        var answer = await platform.Operator.GetAsync($"/api/operations/{of}/story", Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return (JsonNode.Parse(text)!.AsObject(), text);
    }
}
