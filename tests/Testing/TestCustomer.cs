using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace EPerfect.Testing;

/// <summary>A person who opens an account, orders and looks what became of it, through the gateway.</summary>
public sealed class TestCustomer : IDisposable
{
    private static int count;
    private readonly PatientClient client;
    private readonly string marker = $"{Environment.ProcessId:x}{Interlocked.Increment(ref count):x4}";

    /// <summary>A customer whom nobody has seen before.</summary>
    /// <param name="gateway">The only door.</param>
    public TestCustomer(Uri gateway) => client = new PatientClient(gateway);

    /// <summary>What must be found nowhere in clear: name, e-mail, phone, street. The phone without its plus sign,
    /// which JSON may write as an escape.</summary>
    public IReadOnlyList<string> Canaries => [Name, Email, Phone[1..], Street];

    /// <summary>The person's account.</summary>
    public Guid AccountId { get; private set; }

    /// <summary>The registrant contact.</summary>
    public Guid ContactId { get; private set; }

    /// <summary>The name that this customer registers.</summary>
    public string Domain => $"journey-{marker}.com";

    private string Name => $"Canary Quetzalcoatl {marker}";

    private string Email => $"canary.{marker}@quetzal.example";

    private string Phone { get; } = $"+3725{Random.Shared.Next(1_000_000, 9_999_999).ToString(CultureInfo.InvariantCulture)}";

    private string Street => $"Kanaarilinnu {marker}";

    private object Address => new { street = new[] { Street }, city = "Tallinn", country = "EE", postalCode = "10111" };

    /// <summary>Opens the account, accepting the documents in force.</summary>
    public async Task OpenAccountAsync()
    {
        var answer = await client.PostAsync("/api/accounts", new
        {
            kind = "customer", name = Name, email = Email, phone = Phone, address = Address, acceptedPolicySet = 1,
        });
        AccountId = await CreatedAsync(answer);
    }

    /// <summary>Stores the registrant contact.</summary>
    public async Task StoreContactAsync()
    {
        var answer = await client.PostAsync("/api/domains/contacts", new
        {
            accountId = AccountId, name = Name, email = Email, phone = Phone, address = Address, publicityAcknowledged = true,
        });
        ContactId = await CreatedAsync(answer);
    }

    /// <summary>Orders hosting and a domain.</summary>
    /// <param name="domain">The name to register; the customer's own if not given.</param>
    /// <param name="token">The payment method's token.</param>
    /// <param name="key">The Idempotency-Key; a new one if not given.</param>
    public async Task<Guid> OrderAsync(string? domain = null, string token = "tok_ok", string? key = null) =>
        await CreatedAsync(await client.PostAsync("/api/orders", OrderOf(domain ?? Domain, token), key));

    /// <summary>The body of an order of hosting and a domain.</summary>
    public object OrderOf(string domain, string token = "tok_ok") => new
    {
        accountId = AccountId,
        currency = "USD",
        paymentMethodToken = token,
        items = new object[]
        {
            new { product = "perfect-1", periodMonths = 12, quantity = 1 },
            new { product = "domain-com", action = "register", domainName = domain, years = 1, registrantContactId = ContactId },
        },
    };

    /// <summary>The order as it is now.</summary>
    public async Task<JsonObject> ReadOrderAsync(Guid order)
    {
        var answer = await client.GetAsync($"/api/orders/{order}");
        answer.EnsureSuccessStatusCode();
        return await answer.JsonAsync();
    }

    /// <summary>Waits until the order has ended: active, or cancelled.</summary>
    public async Task<JsonObject> EndOfAsync(Guid order, TimeSpan? within = null)
    {
        JsonObject? last = null;
        try
        {
            return await Until.SomeAsync(
                async () => (last = await ReadOrderAsync(order))["status"]!.GetValue<string>() is "active" or "cancelled"
                    ? last
                    : null,
                $"order {order} ends",
                within ?? TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} It is: {last?.ToJsonString()}", late);
        }
    }

    /// <summary>Any resource, as JSON.</summary>
    public async Task<JsonObject> ReadAsync(string path)
    {
        var answer = await client.GetAsync(path);
        answer.EnsureSuccessStatusCode();
        return await answer.JsonAsync();
    }

    /// <summary>Opens the account, stores the contact, orders and waits for the end.</summary>
    public async Task<JsonObject> LiveThroughItAsync(TimeSpan? within = null)
    {
        await OpenAccountAsync();
        await StoreContactAsync();
        return await EndOfAsync(await OrderAsync(), within);
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static async Task<Guid> CreatedAsync(HttpResponseMessage answer)
    {
        if (answer.StatusCode != HttpStatusCode.Created)
        {
            throw new InvalidOperationException(
                $"{(int)answer.StatusCode} instead of 201: {await answer.Content.ReadAsStringAsync()}");
        }

        return (await answer.JsonAsync())["id"]!.GetValue<Guid>();
    }
}
