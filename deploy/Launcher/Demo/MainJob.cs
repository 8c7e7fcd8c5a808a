using System.Globalization;
using System.Text.Json.Nodes;
using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Demo;

/// <summary>
/// The main job of the platform, through the gateway: a customer reads and accepts the documents, opens an account,
/// orders hosting and a domain, pays, and is served.
/// </summary>
internal sealed class MainJob(Platform platform, Narrator narrator) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Door door = new(platform.Gateway.Address);
    private readonly string run = DateTime.UtcNow.Ticks.ToString("x", CultureInfo.InvariantCulture)[5..];

    public static async Task RunAsync(Platform platform, TextWriter output, CancellationToken ct)
    {
        using var job = new MainJob(platform, new Narrator(output));
        try
        {
            await job.RunAsync(ct);
        }
        catch (RefusedException refused)
        {
            throw new LaunchException(refused.Message);
        }
    }

    public void Dispose() => door.Dispose();

    private async Task RunAsync(CancellationToken ct)
    {
        var person = Person.New(run);
        var domain = $"ada-{run}.com";
        var policySet = await ReadPolicyAsync(ct);
        var account = await OpenAccountAsync(person, policySet, ct);
        await AcknowledgedAsync(account, ct);
        await AvailableAsync(domain, ct);
        var contact = await RegistrantAsync(person, account, ct);
        var (order, trace) = await PlaceOrderAsync(account, contact, domain, ct);
        await FollowAsync(order, ct);
        await RegisteredAsync(domain, ct);
        await LookUpAsync(domain, person, ct);
        await TracedAsync(trace, ct);
        narrator.Line("");
        narrator.Line("The main job is done.");
    }

    private async Task<int> ReadPolicyAsync(CancellationToken ct)
    {
        const string path = "/api/privacy/policy-sets/current";
        var set = await narrator.StepAsync(
            "The documents in force", $"GET {path}", () => door.GetAsync(path, ct),
            set => $"set {set["policySet"]}: {string.Join(", ", set["documents"]!.AsArray().Select(Document))}");
        return (int)set["policySet"]!;

        static string Document(JsonNode? document) =>
            $"{document!["document"]} {document["version"]} ({((string)document["sha256"]!)[..8]})";
    }

    private async Task<string> OpenAccountAsync(Person person, int policySet, CancellationToken ct)
    {
        var account = await narrator.StepAsync(
            "Open an account", "POST /api/accounts", () => PostWhenKnownAsync(person.Account(policySet), ct),
            id => $"account {id}");
        await EventsAsync("accounts", $"/api/accounts/{account}/history", ct);
        return account;
    }

    // Right after the first start Accounts may not have heard yet which documents Privacy has published.
    private async Task<string> PostWhenKnownAsync(JsonNode account, CancellationToken ct)
    {
        JsonNode? opened = null;
        await UntilAsync("Accounts knows the documents", async () =>
        {
            try
            {
                (opened, _) = await door.PostAsync("/api/accounts", account, ct);
                return true;
            }
            catch (RefusedException refused) when (refused.Says("policy-set-unknown"))
            {
                return false;
            }
        }, ct);
        return (string)opened!["id"]!;
    }

    private Task<bool> AcknowledgedAsync(string account, CancellationToken ct)
    {
        var path = $"/api/privacy/people/{account}/acknowledgements";
        return narrator.StepAsync(
            "Privacy keeps which documents were accepted", $"GET {path}",
            () => UntilAsync(
                "the acknowledgement", async () => (await door.FindAsync(path, ct))?["accepted"] is JsonArray { Count: > 0 }, ct),
            _ => "recorded, with the hashes of the texts");
    }

    private async Task AvailableAsync(string domain, CancellationToken ct)
    {
        var path = $"/api/domains/availability?name={domain}";
        await narrator.StepAsync(
            "Is the name free?", $"GET {path}", () => door.GetAsync(path, ct), answer => $"{domain}: {answer["status"]}");
    }

    private async Task<string> RegistrantAsync(Person person, string account, CancellationToken ct)
    {
        const string path = "/api/domains/contacts";
        var (contact, _) = await narrator.StepAsync(
            "Who will hold it", $"POST {path}", () => door.PostAsync(path, person.Contact(account), ct),
            answer => $"contact {answer.Body["id"]}, stored sealed");
        return (string)contact["id"]!;
    }

    private async Task<(string Order, string Trace)> PlaceOrderAsync(
        string account, string contact, string domain, CancellationToken ct)
    {
        var order = new JsonObject
        {
            ["accountId"] = account,
            ["currency"] = "EUR",
            ["paymentMethodToken"] = "tok_ok",
            ["items"] = new JsonArray(
                new JsonObject { ["product"] = "perfect-1", ["periodMonths"] = 12, ["hostedDomains"] = new JsonArray(domain) },
                new JsonObject
                {
                    ["product"] = "domain-com",
                    ["action"] = "register",
                    ["domainName"] = domain,
                    ["years"] = 1,
                    ["registrantContactId"] = contact,
                }),
        };
        var (placed, trace) = await narrator.StepAsync(
            "Order hosting and the domain", "POST /api/orders", () => door.PostAsync("/api/orders", order, ct),
            answer => $"order {answer.Body["id"]}, {Price(answer.Body["total"]!)}, prices of catalogue {answer.Body["catalogueVersion"]}");
        return ((string)placed["id"]!, trace);
    }

    private async Task FollowAsync(string order, CancellationToken ct)
    {
        var told = 0;
        var path = $"/api/orders/{order}";
        var final = await narrator.StepAsync(
            "Payment, registration, provisioning, activation", $"GET {path} and /history, until it is settled",
            SettledAsync, view => $"order {view["status"]}, {Price(view["payment"]!["captured"]!)} charged");
        if (!Is(final["status"], "active") || !final["items"]!.AsArray().All(item => Is(item!["state"], "delivered")))
            throw new LaunchException($"The order did not become active: {final}", platform.FirstInstanceOf("orders").LogFile);

        async Task<JsonNode> SettledAsync()
        {
            JsonNode view = null!;
            await UntilAsync("the order is settled", async () =>
            {
                view = await door.GetAsync(path, ct);
                told = narrator.Events("orders", Items(await door.GetAsync(path + "/history?limit=100", ct)), told);
                return Is(view["status"], "active") || Is(view["status"], "cancelled");
            }, ct);
            return view;
        }
    }

    private async Task RegisteredAsync(string domain, CancellationToken ct)
    {
        var path = $"/api/domains/{domain}";
        await narrator.StepAsync(
            "The registered domain", $"GET {path}", () => door.GetAsync(path, ct),
            answer => $"{domain} until {answer["expiresAt"]}");
        await EventsAsync("domains", path + "/history", ct);
    }

    private async Task LookUpAsync(string domain, Person person, CancellationToken ct)
    {
        var path = $"/rdap/domain/{domain}";
        var answer = await narrator.StepAsync(
            "What the world sees of it", $"GET {path}", () => door.GetAsync(path, ct),
            answer => $"RDAP, {answer["redacted"]?.AsArray().Count ?? 0} fields redacted");
        var seen = person.Secrets.FirstOrDefault(text => answer.ToJsonString().Contains(text, StringComparison.OrdinalIgnoreCase));
        if (seen is not null)
            throw new LaunchException("RDAP shows the registrant");
    }

    private async Task TracedAsync(string traceId, CancellationToken ct)
    {
        var trace = new TraceOf(Path.Combine(platform.Home.Folder, "traces"), traceId);
        await narrator.StepAsync(
            "One trace holds it all", $"trace {traceId}",
            () => UntilAsync("the trace is written", () => Task.FromResult(trace.Holds("orders.order-activated.v1")), ct),
            _ => string.Join(" -> ", trace.Services()));
        foreach (var (service, message) in trace.Messages())
            narrator.Line($"     {service,-9} {message}");
    }

    private async Task EventsAsync(string service, string path, CancellationToken ct) =>
        narrator.Events(service, Items(await door.GetAsync(path, ct)), 0);

    private static IEnumerable<JsonNode> Items(JsonNode history) =>
        (history as JsonArray ?? history["items"]!.AsArray()).Select(entry => entry!);

    private static bool Is(JsonNode? value, string expected) =>
        string.Equals((string?)value, expected, StringComparison.OrdinalIgnoreCase);

    private static string Price(JsonNode money) => $"{money["amount"]} {money["currency"]}";

    private static async Task<bool> UntilAsync(string what, Func<Task<bool>> done, CancellationToken ct) =>
        await Processes.Poll.UntilAsync(_ => done(), Patience, ct, TimeSpan.FromMilliseconds(100))
            ? true
            : throw new LaunchException($"Waited {Patience.TotalSeconds} s in vain: {what}");
}
