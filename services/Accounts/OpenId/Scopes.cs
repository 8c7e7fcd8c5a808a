using EPerfect.ServiceDefaults;
using OpenIddict.Abstractions;

namespace EPerfect.Accounts.OpenId;

/// <summary>What a token may be asked to be good for.</summary>
internal static class Scopes
{
    public const string PartnerFeed = "partner:feed";

    /// <summary>Reading from and writing to each service.</summary>
    public static IReadOnlyList<string> OfServices { get; } =
        [.. TokenValidation.Audiences.SelectMany(service => (string[])[$"{service}:read", $"{service}:write"])];

    public static IReadOnlyList<string> All { get; } = [.. OfServices, PartnerFeed, OpenIddictConstants.Scopes.OfflineAccess];

    /// <summary>The services that a token with these scopes is for.</summary>
    public static IEnumerable<string> Audiences(IEnumerable<string> scopes) =>
        TokenValidation.Audiences.Intersect(scopes.Select(scope => scope == PartnerFeed ? "privacy" : scope.Split(':')[0]));
}
