using System.Text.Json;
using System.Text.Json.Nodes;
using EPerfect.Contracts.Partners;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>What staff does with partners, over HTTP.</summary>
internal static class PartnerSteps
{
    public const string Registry = "/api/partners/registry";

    public static readonly object Registration = new
    {
        company = "Example Ltd", kind = "accounting", mode = "live", erasureContact = "erasure@partner.example",
    };

    public static object WithKey(TestPartnerKey key) => new
    {
        company = "Example Ltd", kind = "accounting", mode = "live", erasureContact = "erasure@partner.example",
        key = key.Public,
    };

    public static readonly object Terms = new
    {
        purposes = new[] { "partner-sharing" },
        categories = new[] { "account", "contact" },
        events = new object[]
        {
            new { type = OrderPlacedData.EventType, fields = new[] { "orderId", "total", "currency" } },
            new { type = DomainRegisteredData.EventType, fields = new[] { "domainName" } },
        },
        legalBasis = "consent",
        retentionDays = 90,
    };

    /// <summary>The terms, without orders.</summary>
    public static JsonNode NarrowerTerms
    {
        get
        {
            var narrower = JsonSerializer.SerializeToNode(Terms)!;
            narrower["events"]!.AsArray().RemoveAt(0);
            return narrower;
        }
    }

    /// <summary>Who customers are, without the address.</summary>
    public static readonly object SharedTerms = new
    {
        purposes = new[] { "partner-sharing" },
        categories = new[] { "account", "contact", "identity" },
        events = new object[]
        {
            new { type = CustomerSharedData.EventType, fields = new[] { "name", "email", "phone" } },
            new { type = OrderPlacedData.EventType, fields = new[] { "orderId" } },
        },
        legalBasis = "consent",
        retentionDays = 90,
    };

    public static HttpClient Staff(this TestService privacy, params string[] roles) =>
        privacy.As(privacy.Issuer.Token(staff: roles));

    public static async Task<string> RegisterAsync(this TestService privacy, object? registration = null)
    {
        using var staff = privacy.Staff("operator");
        var answer = await staff.PostWithKeyAsync(Registry, registration ?? Registration);
        ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>Registers, proposes and approves.</summary>
    public static async Task<string> AgreeAsync(
        this TestService privacy, object? terms = null, object? registration = null)
    {
        var partner = await privacy.RegisterAsync(registration);
        await privacy.AgreeAsync(partner, version: 1, terms);
        return partner;
    }

    public static async Task AgreeAsync(this TestService privacy, string partner, int version, object? terms = null)
    {
        foreach (var (role, path, body) in new (string, string, object)[]
        {
            ("operator", "/proposals", terms ?? Terms),
            ("privacy-officer", "/approvals", new { version }),
            ("legal", "/approvals", new { version }),
        })
        {
            using var staff = privacy.Staff(role);
            var answer = await staff.PostWithKeyAsync(partner + path, body);
            ((int)answer.StatusCode).ShouldBe(204, await answer.Content.ReadAsStringAsync());
        }
    }

    public static async Task<JsonObject> PartnerAsync(this TestService privacy, string partner)
    {
        using var staff = privacy.Staff("operator");
        return await (await staff.GetAsync(partner)).JsonAsync();
    }
}
