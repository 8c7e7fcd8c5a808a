using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>A customer who agrees that a partner hears of an order, and a partner that hears of it by every way there is. On a
/// platform of its own: the staff that lets the partner in takes the first operator.</summary>
public sealed class TracedOrder : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> posted = new();
    private readonly HttpListener receiver = new();
    private TestCustomer? customer;

    public RunningPlatform Running { get; } = new();

    public TestCustomer Customer => customer!;

    public Guid Order { get; private set; }

    /// <summary>The trace that the answer to the order named.</summary>
    public string Trace { get; private set; } = "";

    public IReadOnlyList<Span> All => Traces.Read(Running.TraceFolder);

    public IReadOnlyList<Span> OfTheOrder => [.. All.Where(span => span.TraceId == Trace)];

    public async ValueTask InitializeAsync()
    {
        await Running.InitializeAsync();
        var webhook = Listen();
        var (id, secret, key) = await Running.LivePartnerAsync("Traced Ltd");
        using var partner = await PartnerClient.SignInAsync(Running.Gateway, id, secret, key);
        await partner.TakeAsync(webhook);
        customer = new TestCustomer(Running);
        await customer.OpenAccountAsync();
        await customer.StoreContactAsync();
        await OrderAsync();
        await Until.TrueAsync(() => Task.FromResult(posted.Any(IsOfItsEnd)), "the webhook heard that it is active");
        await Until.TrueAsync(
            async () => (await partner.PullAsync()).Any(e => IsOfItsEnd(e.ToJsonString())), "the feed tells it too");
    }

    public async ValueTask DisposeAsync()
    {
        receiver.Close();
        customer?.Dispose();
        await Running.DisposeAsync();
    }

    private async Task OrderAsync()
    {
        using var client = Customer.NewClient();
        // What a browser says of itself is no one's business.
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"Browser/1 ({Customer.Canaries[1]})");
        (await client.PutAsync(
            $"/api/privacy/people/{Customer.AccountId}/consents/partner-sharing", new { given = true, policySet = 1 }))
            .EnsureSuccessStatusCode();
        foreach (var path in (string[])["/api/domains/availability?name=", "/rdap/domain/", "/api/domains/"])
            await client.GetAsync(path + Customer.Domain);
        var placed = await client.PostWithKeyAsync("/api/orders", Customer.OrderOf(Customer.Domain));
        Trace = placed.Headers.GetValues("Trace-Id").Single();
        Order = (await placed.JsonAsync())["id"]!.GetValue<Guid>();
        (await Customer.EndOfAsync(Order))["status"]!.GetValue<string>().ShouldBe("active");
        await client.GetAsync($"/api/domains/{Customer.Domain}");
    }

    private bool IsOfItsEnd(string e) =>
        e.Contains("order.activated", StringComparison.Ordinal) && e.Contains($"{Order:D}", StringComparison.Ordinal);

    /// <returns>Where the partner listens.</returns>
    private Uri Listen()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            receiver.Prefixes.Add($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        receiver.Start();
        _ = TakeAsync();
        return new(receiver.Prefixes.Single());
    }

    private async Task TakeAsync()
    {
        while (receiver.IsListening)
        {
            try
            {
                var context = await receiver.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream);
                posted.Enqueue(await reader.ReadToEndAsync());
                context.Response.StatusCode = (int)HttpStatusCode.NoContent;
                context.Response.Close();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
