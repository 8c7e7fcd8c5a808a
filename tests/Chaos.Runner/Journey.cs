using System.Text.Json.Nodes;
using EPerfect.Testing;

namespace EPerfect.Chaos;

/// <summary>What one person does: opens an account, orders and pays, registers and is served, changes, cancels, consents and
/// withdraws, and is erased.</summary>
internal sealed class Journey(TestCustomer person, Client client, Random random)
{
    private static readonly string[] Payments =
    [
        "tok_ok", "tok_ok", "tok_ok", "tok_ok", "tok_decline", "tok_decline_capture", "tok_fail_2",
        "tok_timeout_after_authorise", "tok_timeout_after_charge", "tok_timeout_after_refund",
    ];

    private static readonly string[] Names = ["", "", "", "", "fail-2-", "timeout-after-", "refuse-", "taken-"];

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    public async Task LiveAsync(CancellationToken stop)
    {
        if (await OpenAsync() is not { } account) return;
        person.AccountId = account;
        await person.RefreshAsync();
        if (await CreateContactAsync() is not { } contact) return;
        person.ContactId = contact;

        var orders = new List<Guid>();
        for (var number = random.Next(1, 4); number > 0 && !stop.IsCancellationRequested; number--)
        {
            if (await OrderAsync(number) is not { } order) continue;
            orders.Add(order);
            if (random.Next(5) == 0) await CancelAsync(order);
        }

        await ConsentAsync();
        if (random.Next(2) == 0) await ChangeProfileAsync();
        foreach (var order in orders) await ChangeNameserversAsync(await EndOfAsync(order));
        if (random.Next(3) == 0 && !stop.IsCancellationRequested) await BeErasedAsync();
    }

    private async Task<Guid?> OpenAsync() => IdOf(await client.SendAsync(new(
        "create-account", HttpMethod.Post, "/api/accounts", person.AccountOf(), "accounts", "account_opened")));

    private async Task<Guid?> CreateContactAsync() => IdOf(await client.SendAsync(new(
        "create-contact", HttpMethod.Post, "/api/domains/contacts", person.ContactOf(), "domains", "contact_registered")));

    private async Task<Guid?> OrderAsync(int number)
    {
        // Now and then a name that others want as well.
        var name = random.Next(6) == 0
            ? $"wanted-{random.Next(1000)}.com"
            : $"{Names[random.Next(Names.Length)]}chaos-{number}-{person.Domain}";
        var body = person.OrderOf(name, Payments[random.Next(Payments.Length)]);
        return IdOf(await client.SendAsync(new(
            "create-order", HttpMethod.Post, "/api/orders", body, "orders", "order_placed")));
    }

    private Task<JsonObject?> CancelAsync(Guid order) => client.SendAsync(new(
        "cancel-order", HttpMethod.Post, $"/api/orders/{order}/cancellation", null, "orders", "order_cancelled", $"{order}"));

    private async Task ConsentAsync()
    {
        for (var (change, given) = (random.Next(4), true); change > 0; change--, given = !given)
        {
            await client.SendAsync(new(
                "change-consent",
                HttpMethod.Put,
                $"/api/privacy/people/{person.AccountId}/consents/partner-sharing",
                new { given, policySet = 1 },
                "privacy",
                "consent_changed",
                $"{person.AccountId}"));
        }
    }

    private Task<JsonObject?> ChangeProfileAsync() => client.SendAsync(new(
        "change-profile",
        HttpMethod.Put,
        $"/api/accounts/{person.AccountId}/profile",
        person.ProfileOf($"Chaos Renamed {random.Next()}"),
        "accounts",
        "profile_changed",
        $"{person.AccountId}"));

    private async Task ChangeNameserversAsync(JsonObject? order)
    {
        var delivered = order?["items"]?.AsArray()
            .FirstOrDefault(item => item?["domainName"] is not null && item["state"]?.GetValue<string>() is "delivered");
        if (delivered?["domainName"]?.GetValue<string>() is not { } name) return;
        await client.SendAsync(new(
            "change-nameservers",
            HttpMethod.Put,
            $"/api/domains/{name}/nameservers",
            new { nameservers = new[] { $"ns{random.Next(1000)}.eperfect.example", "ns-b.eperfect.example" } },
            "domains",
            "nameserver_change_started",
            name));
    }

    private Task<JsonObject?> BeErasedAsync() => client.SendAsync(new(
        "create-erasure",
        HttpMethod.Post,
        $"/api/privacy/people/{person.AccountId}/requests",
        new { kind = "erasure" },
        "privacy",
        "request_filed"));

    /// <returns>Null if it took too long: whether it ends is judged when the faults are over.</returns>
    private async Task<JsonObject?> EndOfAsync(Guid order)
    {
        for (var end = DateTime.UtcNow + Longest; DateTime.UtcNow < end;)
        {
            var now = await client.ReadAsync($"/api/orders/{order}");
            if (now?["status"]?.GetValue<string>() is "active" or "cancelled") return now;
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }

        return null;
    }

    private static Guid? IdOf(JsonObject? created) =>
        Guid.TryParse(created?["id"]?.GetValue<string>(), out var id) ? id : null;
}
