using System.Security.Cryptography;
using System.Text;
using EPerfect.Launcher.Running;

namespace EPerfect.Launcher.Partners;

/// <summary>
/// A partner that hears of synthetic people: registered, agreed on by two, and let in. Each step has a key made of the company's
/// name, so the same name is the same partner, and what was cut off goes on.
/// </summary>
internal sealed class SandboxPartner(Platform platform, Staff staff, string company)
{
    private readonly string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(company)))[..32];

    /// <summary>What happens to synthetic people, with all that is told of it.</summary>
    private static readonly object Terms = new
    {
        purposes = new[] { "partner-sharing" },
        categories = new[] { "account", "identity", "contact" },
        legalBasis = "consent",
        retentionDays = 90,
        events = new[]
        {
            Event("account.opened", "kind", "openedAt"),
            Event("order.placed", "orderId", "currency", "total", "items", "placedAt"),
            Event("order.paid", "orderId", "currency", "amount", "paidAt"),
            Event("domain.registered", "domainName", "orderId", "itemId", "registeredAt", "expiresAt"),
            Event("order.activated", "orderId", "deliveredItems", "activatedAt"),
            Event("order.item-refunded", "orderId", "itemId", "currency", "amount", "reason", "refundedAt"),
            Event("order.cancelled", "orderId", "reason", "cancelledAt"),
            Event("domain.registration-failed", "domainName", "orderId", "itemId", "reason", "failedAt"),
            Event("account.closed", "closedAt"),
            Event("customer.shared", "name", "email", "phone", "address"),
        },
    };

    /// <summary>All steps, one after the other.</summary>
    public async Task<PartnerCredentials> BeginAsync(CancellationToken ct)
    {
        var partner = await RegisterAsync(ct);
        var credentials = await LetInAsync(partner, ct);
        await AgreeAsync(partner, ct);
        await TryAsync(credentials, ct);
        return credentials;
    }

    /// <returns>The partner's id.</returns>
    public async Task<string> RegisterAsync(CancellationToken ct)
    {
        using var api = new Api(platform.Address, staff.Operator.Bearer);
        var made = await api.PostAsync(
            "/api/partners/registry",
            new { company, kind = "other", mode = "sandbox", erasureContact = "erasure@partner.example" }, Step("register"), ct);
        return (string)made!["id"]!;
    }

    public async Task AgreeAsync(string partner, CancellationToken ct)
    {
        var path = $"/api/partners/registry/{partner}";
        using var proposer = new Api(platform.Address, staff.Operator.Bearer);
        await proposer.PostAsync($"{path}/proposals", Terms, Step("propose"), ct);
        foreach (var approver in (StaffMember[])[staff.Officer, staff.Lawyer])
        {
            using var api = new Api(platform.Address, approver.Bearer);
            await api.PostAsync($"{path}/approvals", new { version = 1 }, Step("approve"), ct);
        }
    }

    /// <summary>For one more program of the partner, with a new key for who customers are.</summary>
    public async Task<PartnerCredentials> LetInAsync(string partner, CancellationToken ct)
    {
        using var api = new Api(platform.Address, staff.Operator.Bearer);
        var made = await api.PostAsync($"/api/accounts/partners/{partner}/clients", new { }, key: null, ct);
        var pair = PartnerKeyPair.Make();
        var credentials = new PartnerCredentials(
            (string)made!["clientId"]!, (string)made["clientSecret"]!, pair.Secret.ToJsonString());
        using var program = await Api.OfProgramAsync(platform.Address, credentials, ct);
        await program.PutAsync("/api/partners/key", pair.Public, ct);
        return credentials;
    }

    /// <summary>As the partner: there is something in its feed to begin with.</summary>
    public async Task TryAsync(PartnerCredentials credentials, CancellationToken ct)
    {
        using var api = await Api.OfProgramAsync(platform.Address, credentials, ct);
        await api.PostAsync("/api/partners/test-events", new { }, key: null, ct);
        await api.PostAsync("/api/partners/sandbox/people", new { }, key: null, ct);
    }

    private static object Event(string what, params string[] fields) => new { type = $"com.eperfect.{what}.v1", fields };

    private string Step(string what) => $"deploy-partner-{key}-{what}";
}
