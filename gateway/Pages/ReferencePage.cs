using Scalar.AspNetCore;
using Yarp.ReverseProxy;

namespace EPerfect.Gateway;

/// <summary>All services' descriptions in one page to browse and try. Scripts and requests stay on this host.</summary>
internal static class ReferencePage
{
    public static void Map(WebApplication app) =>
        app.MapScalarApiReference("/reference", (options, context) =>
        {
            var services = Descriptions.Of(context.RequestServices.GetRequiredService<IProxyStateLookup>());
            options
                .WithTitle("ePerfect API")
                .WithOpenApiRoutePattern("/openapi/{documentName}.json")
                .AddDocuments(services)
                .WithNonce()
                .DisableDefaultFonts()
                .DisableTelemetry()
                .DisableAgent()
                .DisableMcp()
                .HideDeveloperTools()
                .HideClientButton();
            context.Response.OnStarting(Restrict, context);
        }).AllowAnonymous();

    private static Task Restrict(object state)
    {
        var context = (HttpContext)state;
        var nonce = context.Items[ScalarOptions.NonceHttpContextItemKey];
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'nonce-{nonce}' 'self'; style-src 'self' 'unsafe-inline'; " +
            "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; " +
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return Task.CompletedTask;
    }
}
