using Yarp.ReverseProxy;

namespace EPerfect.Gateway;

/// <summary>The services that have a route to their OpenAPI document.</summary>
internal static class Descriptions
{
    private const string Prefix = "openapi-";

    public static IReadOnlyList<string> Of(IProxyStateLookup proxy) =>
    [
        .. proxy.GetRoutes()
            .Select(route => route.Config.RouteId)
            .Where(id => id.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(id => id[Prefix.Length..])
            .Order(StringComparer.Ordinal),
    ];
}
