using System.Text.Json;
using EPerfect.Testing;

namespace EPerfect.Benchmarks;

/// <summary>A customer with an account and a contact, who orders again and again.</summary>
internal sealed class Buyer : IDisposable
{
    private readonly TestCustomer customer;

    private Buyer(TestCustomer customer) => this.customer = customer;

    public string Token { get; private set; } = "";

    public Guid AccountId => customer.AccountId;

    /// <summary>An order of hosting.</summary>
    public string Hosting => JsonSerializer.Serialize(new
    {
        accountId = AccountId,
        currency = "USD",
        paymentMethodToken = "tok_ok",
        items = new object[] { new { product = "perfect-1", periodMonths = 12, quantity = 1 } },
    });

    /// <summary>An order of hosting and of a name that nobody has.</summary>
    public string HostingAndName => JsonSerializer.Serialize(customer.OrderOf($"load-{Target.Number}.com"));

    public static async Task<Buyer> ArriveAsync(RunningPlatform platform)
    {
        var buyer = new Buyer(new TestCustomer(platform));
        await buyer.customer.OpenAccountAsync();
        await buyer.customer.StoreContactAsync();
        await buyer.RenewAsync();
        return buyer;
    }

    public async Task RenewAsync() => Token = await customer.TokenAsync();

    /// <summary>Registers a name.</summary>
    /// <returns>The name, and the order that it came with.</returns>
    public async Task<(string Name, Guid Order)> RegisterAsync()
    {
        var order = await customer.OrderAsync();
        await customer.EndOfAsync(order);
        return (customer.Domain, order);
    }

    public void Dispose() => customer.Dispose();
}
