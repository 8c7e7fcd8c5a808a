using EPerfect.Testing;

namespace EPerfect.Architecture.Tests;

/// <summary>Who asks, in the order of the table's columns.</summary>
internal static class Callers
{
    /// <summary>Given the issuer, the account that is asked for and the service: a token, or null for nobody.</summary>
    public static IReadOnlyList<(string Name, Func<TestIssuer, Guid, string, string?> Token)> All { get; } =
    [
        ("nobody", (_, _, _) => null),
        ("expired", (issuer, account, _) => issuer.Token(accounts: [Owner(account)], expires: TimeSpan.FromMinutes(-1))),
        ("for another audience", (issuer, account, service) => issuer.Token(
            accounts: [Owner(account)], audiences: [.. TestIssuer.Services.Where(other => other != service)])),
        ("another key", (issuer, account, _) => issuer.Token(accounts: [Owner(account)], signedBy: SigningKey.Create())),
        ("`alg=none`", (issuer, account, _) => SigningKey.Unsigned(issuer.Token(accounts: [Owner(account)]))),
        ("other customer", (issuer, _, _) => issuer.Owner(Guid.CreateVersion7())),
        ("partner", (issuer, partner, _) => OfPartner(issuer, partner)),
        ("other partner", (issuer, _, _) => OfPartner(issuer, Guid.CreateVersion7())),
        ("owner", (issuer, account, _) => issuer.Token($"{Seeds.Owner:D}", [Owner(account)])),
        ("billing", (issuer, account, _) => issuer.Token($"{Seeds.Billing:D}", [$"{account:D}:billing"])),
        ("technical", (issuer, account, _) => issuer.Token($"{Seeds.Technical:D}", [$"{account:D}:technical"])),
        ("API client", (issuer, account, service) => Program(issuer, account, $"{service}:read", $"{service}:write")),
        ("API client, reading", (issuer, account, service) => Program(issuer, account, $"{service}:read")),
        ("support", Staff("support")),
        ("staff: billing", Staff("billing")),
        ("privacy officer", Staff("privacy-officer")),
        ("legal", Staff("legal")),
        ("operator", Staff("operator")),
    ];

    private static string Owner(Guid account) => $"{account:D}:owner";

    private static Func<TestIssuer, Guid, string, string?> Staff(string role) =>
        (issuer, _, _) => issuer.Token($"{Seeds.Staff[role]:D}", staff: [role]);

    /// <summary>In an operation on a partner's things the id that is asked for is the partner's.</summary>
    private static string OfPartner(TestIssuer issuer, Guid partner) => issuer.Token(
        scopes: ["partner:feed"], claims: claims => claims["partner"] = partner.ToString("D"));

    private static string Program(TestIssuer issuer, Guid account, params string[] scopes)
    {
        var client = Seeds.ProgramOf(account).ToString("D");
        return issuer.Token(client, [$"{account:D}:client"], scopes: scopes, client: client);
    }
}
