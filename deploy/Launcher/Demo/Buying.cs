using System.Text.Json.Nodes;

namespace EPerfect.Launcher.Demo;

/// <summary>Hosting and a domain are ordered, paid and delivered.</summary>
internal sealed class Buying(Door door, Narrator narrator)
{
    public Task AvailableAsync(string domain, CancellationToken ct)
    {
        var path = $"/api/domains/availability?name={domain}";
        return narrator.StepAsync(
            "Is the name free?", $"GET {path}", () => door.GetAsync(path, ct),
            answer => $"{domain}: {answer["status"]}");
    }

    public async Task<string> RegistrantAsync(Person person, string account, CancellationToken ct)
    {
        const string path = "/api/domains/contacts";
        var contact = await narrator.StepAsync(
            "Who will hold it", $"POST {path}", () => door.PostAsync(path, person.Contact(account), ct),
            answer => $"contact {answer["id"]}, stored sealed");
        return (string)contact["id"]!;
    }

    public async Task<string> PlaceOrderAsync(
        string account, string contact, string domain, CancellationToken ct)
    {
        var placed = await narrator.StepAsync(
            "Order hosting and the domain", "POST /api/orders",
            () => door.PostAsync("/api/orders", Order(account, contact, domain), ct),
            answer => $"order {answer["id"]}, {Price(answer["total"]!)}, " +
                $"prices of catalogue {answer["catalogueVersion"]}");
        return (string)placed["id"]!;
    }

    /// <summary>Tells each event as it happens, until nothing more will.</summary>
    public async Task FollowAsync(string order, CancellationToken ct)
    {
        var path = $"/api/orders/{order}";
        var told = 0;
        var final = await narrator.StepAsync(
            "Payment, registration, provisioning, activation", $"GET {path} and /history, until it is settled",
            SettledAsync, view => $"order {view["status"]}, {Price(view["payment"]!["captured"]!)} charged");
        if (!Is(final["status"], "active") || !final["items"]!.AsArray().All(item => Is(item!["state"], "delivered")))
            throw new LaunchException($"The order was not delivered in full: {final}");

        async Task<JsonNode> SettledAsync()
        {
            JsonNode view = null!;
            await Waiting.UntilAsync("the order is settled", async () =>
            {
                view = await door.GetAsync(path, ct);
                told = await narrator.EventsAsync("orders", path + "/history?limit=100", ct, told);
                return Is(view["status"], "active") || Is(view["status"], "cancelled");
            }, ct);
            return view;
        }
    }

    private static JsonObject Order(string account, string contact, string domain) => new()
    {
        ["accountId"] = account,
        ["currency"] = "EUR",
        ["paymentMethodToken"] = "tok_ok",
        ["items"] = new JsonArray(
            new JsonObject
            {
                ["product"] = "perfect-1",
                ["periodMonths"] = 12,
                ["hostedDomains"] = new JsonArray(domain),
            },
            new JsonObject
            {
                ["product"] = "domain-com",
                ["action"] = "register",
                ["domainName"] = domain,
                ["years"] = 1,
                ["registrantContactId"] = contact,
            }),
    };

    private static bool Is(JsonNode? value, string expected) =>
        string.Equals((string?)value, expected, StringComparison.OrdinalIgnoreCase);

    private static string Price(JsonNode money) => $"{money["amount"]} {money["currency"]}";
}
