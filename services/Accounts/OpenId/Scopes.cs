using EPerfect.ServiceDefaults;
using OpenIddict.Abstractions;

namespace EPerfect.Accounts.OpenId;

/// <summary>What a token may be asked to be good for.</summary>
internal static class Scopes
{
    public const string PartnerFeed = Access.PartnerScope;

    /// <summary>Reading from and writing to each service.</summary>
    public static IReadOnlyList<string> OfServices { get; } =
        [.. TokenValidation.Audiences.SelectMany(service => (string[])[$"{service}:read", $"{service}:write"])];

    public static IReadOnlyList<string> All { get; } = [.. OfServices, PartnerFeed, OpenIddictConstants.Scopes.OfflineAccess];

    /// <summary>The services that a token with these scopes is for. A partner has its feed at Privacy and its secrets
    /// here.</summary>
    public static IEnumerable<string> Audiences(IEnumerable<string> scopes) => TokenValidation.Audiences.Intersect(
        scopes.SelectMany(scope => scope == PartnerFeed ? ["accounts", "privacy"] : new[] { scope.Split(':')[0] }));
}
