using System.Text.Json.Nodes;
using EPerfect.Domains.Tests.Slices;
using EPerfect.Testing;

namespace EPerfect.Domains.Tests.Rdap;

/// <summary>A service with two registered domains, asked as a conformance tool would.</summary>
public sealed class RdapAnswers(PostgresServer postgres) : IAsyncLifetime
{
    private readonly DomainsService domains = new(postgres);

    public DomainsService Domains => domains;

    public JsonNode Domain { get; private set; } = new JsonObject();

    public JsonArray Registrant => Card("registrant");

    public async ValueTask InitializeAsync()
    {
        await domains.InitializeAsync();
        await domains.RegisterAsync("conforming.com");
        await domains.RegisterAsync("xn--bcher-kva.com", null, "ns1.xn--bcher-kva.com", "ns2.dns.example");
        Domain = await JsonAsync("/rdap/domain/conforming.com");
    }

    public ValueTask DisposeAsync() => domains.DisposeAsync();

    public Task<HttpResponseMessage> GetAsync(string path) => domains.Client.GetAsync(path);

    public async Task<JsonNode> JsonAsync(string path) =>
        JsonNode.Parse(await (await GetAsync(path)).Content.ReadAsStringAsync())!;

    public JsonNode Entity(string role) => Entities(Domain).Where(entity => entity["roles"]!.AsArray()
        .Any(r => r!.GetValue<string>() == role)).ShouldHaveSingleItem();

    /// <summary>A jCard's properties of one name.</summary>
    public static JsonArray Property(JsonArray card, string name) =>
        card.Select(property => property!.AsArray())
            .Where(property => property[0]!.GetValue<string>() == name)
            .ShouldHaveSingleItem();

    public JsonArray Card(string role) => Entity(role)["vcardArray"]![1]!.AsArray();

    public static IEnumerable<JsonNode> Every(JsonNode node, string member) => node switch
    {
        JsonObject o => o.Where(m => m.Key == member).Select(m => m.Value!)
            .Concat(o.Where(m => m.Value is not null).SelectMany(m => Every(m.Value!, member))),
        JsonArray a => a.Where(item => item is not null).SelectMany(item => Every(item!, member)),
        _ => [],
    };

    private static IEnumerable<JsonNode> Entities(JsonNode node) =>
        Every(node, "entities").SelectMany(entities => entities.AsArray()).Select(entity => entity!);
}

[CollectionDefinition]
public sealed class RdapCollection : ICollectionFixture<RdapAnswers>;
