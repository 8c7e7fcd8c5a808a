using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Model;

namespace EPerfect.Gateway;

/// <summary>What the route of a request says, its metadata beyond YARP's own settings among it.</summary>
internal static class RouteTraits
{
    /// <summary>
    /// <c>Provider</c>: pages and endpoints of the OpenID provider. Cookies pass and the client's address is told, here
    /// alone; a token is the provider's own affair, answered as OAuth asks for.
    /// </summary>
    public static bool IsProvider(this RouteConfig route) => route.Metadata?.ContainsKey("Provider") == true;

    /// <inheritdoc cref="IsProvider(RouteConfig)"/>
    public static bool IsProvider(this HttpContext context) => RouteOf(context.GetEndpoint())?.IsProvider() == true;

    /// <summary><c>Pages</c>, and the provider's: a browser shows what comes from there. The service's own cookies pass.
    /// </summary>
    public static bool HasPages(this RouteConfig route) => route.IsProvider() || route.Metadata?.ContainsKey("Pages") == true;

    /// <inheritdoc cref="HasPages(RouteConfig)"/>
    public static bool HasPages(this HttpContext context) => RouteOf(context.GetEndpoint())?.HasPages() == true;

    /// <summary><c>RateLimit</c>: a class of requests that is counted beside all others of an address.</summary>
    public static string? RateLimit(this RouteConfig route) => route.Metadata?.GetValueOrDefault("RateLimit");

    /// <inheritdoc cref="RateLimit(RouteConfig)"/>
    public static string? RateLimit(this HttpContext context) => RouteOf(context.GetEndpoint())?.RateLimit();

    /// <summary>The service that the request is for; null if the gateway answers by itself.</summary>
    public static string? Service(this HttpContext context) => RouteOf(context.GetEndpoint())?.ClusterId;

    public static IEnumerable<RouteConfig> All(IEndpointRouteBuilder app) =>
        app.DataSources.SelectMany(source => source.Endpoints).Select(RouteOf).OfType<RouteConfig>();

    private static RouteConfig? RouteOf(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<RouteModel>()?.Config;
}
