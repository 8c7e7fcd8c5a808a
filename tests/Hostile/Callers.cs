using System.Text.Json.Nodes;
using EPerfect.Testing;

namespace EPerfect.Hostile;

/// <summary>As whom it is asked: nobody, customers, the operator, partners' programs. Several, for each has a quota.</summary>
internal sealed class Callers(RunningPlatform platform) : IDisposable
{
    private static readonly string[] Companies = ["Hostile Ltd", "Malice Ltd", "Nuisance Ltd"];
    private readonly TestCustomer customer = new(platform);
    private readonly TestCustomer[] others = [new(platform), new(platform)];
    private readonly Dictionary<string, Func<Task<string?>>> tokens = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names => [.. tokens.Keys];

    /// <summary>Values that lead somewhere, by the name of a parameter or member.</summary>
    public Dictionary<string, string> Known { get; } = new(StringComparer.Ordinal)
    {
        ["currency"] = "USD", ["kind"] = "customer", ["name"] = "hostile.com", ["domainName"] = "hostile.com", ["limit"] = "5",
    };

    public async Task ArriveAsync(CancellationToken ct)
    {
        await customer.OpenAccountAsync();
        await customer.StoreContactAsync();
        var order = await customer.OrderAsync();
        await customer.EndOfAsync(order);
        tokens["nobody"] = () => Task.FromResult<string?>(null);
        tokens["customer"] = async () => await customer.TokenAsync();
        tokens["operator"] = new Renewed(async () =>
        {
            using var staff = await platform.OperatorAsync();
            return staff.DefaultRequestHeaders.Authorization!.Parameter;
        }).GetAsync;
        foreach (var other in others)
        {
            await other.SignUpAsync();
            tokens[$"customer {tokens.Count}"] = async () => await other.TokenAsync();
        }

        foreach (var (id, secret, _) in await platform.SandboxPartnersAsync(Companies))
        {
            tokens[$"partner {tokens.Count}"] = new Renewed(() => TokenAsync(id, secret, ct)).GetAsync;
        }

        foreach (var (name, value) in await Forms.OpenAsync(platform.Gateway, ct)) Known[name] = value;
        foreach (var name in (string[])["accountId", "personId"]) Known[name] = $"{customer.AccountId}";
        (Known["contactId"], Known["orderId"], Known["domainName"]) = ($"{customer.ContactId}", $"{order}", customer.Domain);
    }

    public Task<string?> TokenOfAsync(string name) => tokens[name]();

    /// <summary>Whatever was sent: who means well is served afterwards as before.</summary>
    public async Task<Guid> OrderAsync()
    {
        using var another = new TestCustomer(platform);
        await another.LiveThroughItAsync();
        return another.AccountId;
    }

    public void Dispose()
    {
        foreach (var one in others.Append(customer)) one.Dispose();
    }

    private async Task<string?> TokenAsync(string id, string secret, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = platform.Gateway };
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"), new("client_id", id), new("client_secret", secret),
            new("scope", "partner:feed"),
        ]);
        using var answer = await http.PostAsync("/connect/token", form, ct);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct))!["access_token"]!;
    }
}
