using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Launcher.Running;
using EPerfect.Launcher.SignIn;

namespace EPerfect.Testing;

/// <summary>A person who signs up, opens an account, orders and looks what became of it, through the gateway.</summary>
public sealed class TestCustomer : IDisposable
{
    private static int count;
    private readonly RunningPlatform platform;
    private readonly Visitor visitor;
    private readonly PatientClient client;
    private readonly string marker = $"{Environment.ProcessId:x}{Interlocked.Increment(ref count):x4}";

    /// <summary>A customer whom nobody has seen before.</summary>
    /// <param name="platform">Where to.</param>
    public TestCustomer(RunningPlatform platform)
    {
        this.platform = platform;
        visitor = new Visitor(
            platform.Gateway, (PlatformSettings.ConsoleClient, PlatformSettings.ConsoleRedirect), new InTurn(platform.Gateways));
        client = new PatientClient(NewClient());
    }

    /// <summary>What must be found nowhere in clear: name, e-mail, phone, street. The phone without its plus sign,
    /// which JSON may write as an escape.</summary>
    public IReadOnlyList<string> Canaries => [Name, Email, Phone[1..], Street];

    /// <summary>What lets this person in, and must be found nowhere at all: password, tokens, codes.</summary>
    public IReadOnlyList<string> Secrets => visitor.Secrets;

    /// <summary>What this person types to sign in: address and password.</summary>
    public IReadOnlyList<string> Typed => [Email, Secrets[0]];

    /// <summary>The person's account.</summary>
    public Guid AccountId { get; set; }

    /// <summary>The registrant contact.</summary>
    public Guid ContactId { get; set; }

    /// <summary>The name that this customer registers.</summary>
    public string Domain => $"journey-{marker}.com";

    private string Name => $"Canary Quetzalcoatl {marker}";

    private string Email => $"canary.{marker}@quetzal.example";

    private string Phone { get; } = $"+3725{Random.Shared.Next(1_000_000, 9_999_999).ToString(CultureInfo.InvariantCulture)}";

    private string Street => $"Kanaarilinnu {marker}";

    private object Address => new { street = new[] { Street }, city = "Tallinn", country = "EE", postalCode = "10111" };

    /// <summary>A client that shows this person's token and repeats nothing by itself.</summary>
    public HttpClient NewClient() =>
        new(new Bearer(visitor) { InnerHandler = new InTurn(platform.Gateways) { InnerHandler = new SocketsHttpHandler() } })
        {
            BaseAddress = platform.Gateway,
            Timeout = TimeSpan.FromSeconds(15),
        };

    /// <summary>What this person shows with each request: good for a while yet.</summary>
    public Task<string> TokenAsync() => visitor.AccessTokenAsync(CancellationToken.None);

    /// <summary>Signs up through the pages: asks, reads the mail, follows its link.</summary>
    public async Task SignUpAsync()
    {
        await visitor.AskToSignUpAsync(Email, CancellationToken.None);
        var mail = await Until.SomeAsync(
            () => Task.FromResult(platform.MailsTo(Email) is [var newest, ..] ? newest : null), "the mail with the link comes");
        await visitor.FinishSigningUpAsync(mail.Text, CancellationToken.None);
    }

    /// <summary>Signs in again, with the password.</summary>
    /// <param name="code">For who has a second factor.</param>
    public Task SignInAsync(string? code = null) => visitor.SignInAsync(Email, code, CancellationToken.None);

    /// <summary>Opens a page of the platform and sends its form.</summary>
    /// <param name="path">The page.</param>
    /// <param name="fields">Given the page's HTML, what is typed.</param>
    /// <returns>The HTML of the page after it.</returns>
    public async Task<string> FillAsync(string path, Func<string, IReadOnlyList<(string Name, string Value)>> fields) =>
        (await visitor.FillAsync(path, page => fields(page.Html), CancellationToken.None)).Html;

    /// <summary>Goes where a program sends this person's browser; the program is the client <c>console</c>.</summary>
    /// <param name="address">The authorization request.</param>
    /// <returns>Where the browser is sent back to.</returns>
    public Task<Uri> GoForAsync(Uri address) => visitor.GoForAsync(address.ToString(), CancellationToken.None);

    /// <summary>The client's id and its redirect URI.</summary>
    public static (string Id, Uri Redirect) Program => (PlatformSettings.ConsoleClient, PlatformSettings.ConsoleRedirect);

    /// <summary>Comes back later: the session of the browser is enough.</summary>
    public Task ReturnAsync() => visitor.ReturnAsync(CancellationToken.None);

    /// <summary>Gets new tokens, which name the accounts of now.</summary>
    public Task RefreshAsync() => Until.TrueAsync(
        async () =>
        {
            try
            {
                await visitor.RefreshAsync(CancellationToken.None);
                return true;
            }
            catch (HttpRequestException)
            {
                return false; // no answer, which says nothing of the token
            }
        },
        "the tokens are refreshed",
        TimeSpan.FromMinutes(2));

    /// <summary>Opens the account, accepting the documents in force; signs up first if need be.</summary>
    public async Task OpenAccountAsync()
    {
        if (!visitor.IsSignedIn) await SignUpAsync();
        var answer = await client.PostAsync("/api/accounts", AccountOf());
        AccountId = await CreatedAsync(answer);
        await RefreshAsync();
    }

    /// <summary>Stores the registrant contact.</summary>
    public async Task StoreContactAsync()
    {
        ContactId = await CreatedAsync(await client.PostAsync("/api/domains/contacts", ContactOf()));
    }

    /// <summary>The body of an account's opening.</summary>
    public object AccountOf() => new
    {
        kind = "customer", name = Name, email = Email, phone = Phone, address = Address, acceptedPolicySet = 1,
    };

    /// <summary>The body of a registrant contact.</summary>
    public object ContactOf() => new
    {
        accountId = AccountId, name = Name, email = Email, phone = Phone, address = Address, publicityAcknowledged = true,
    };

    /// <summary>The body of a changed profile.</summary>
    /// <param name="name">The new name.</param>
    public object ProfileOf(string name) => new { name, email = Email, phone = Phone, address = Address };

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
    public void Dispose()
    {
        client.Dispose();
        visitor.Dispose();
    }

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
