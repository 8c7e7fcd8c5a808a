using EPerfect.Accounts.Credentials;

namespace EPerfect.Accounts.OpenId;

/// <summary>
/// Behind the gateway a request names this process; what a browser sees is the issuer. Its scheme and host are taken
/// from the setting and from no header. Also: after a form was posted the browser goes on with GET (303), and no page
/// of another site shows ours in a frame (RFC 9700, sections 4.12 and 4.16).
/// </summary>
internal sealed class IssuerAddress(IConfiguration configuration) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        var issuer = Issuer.Of(configuration);
        var host = HostString.FromUriComponent(issuer);
        app.Use((context, rest) =>
        {
            (context.Request.Scheme, context.Request.Host) = (issuer.Scheme, host);
            if (IsForBrowsers(context.Request.Path)) context.Response.OnStarting(Protect, context);
            return rest(context);
        });
        next(app);
    };

    private static bool IsForBrowsers(PathString path) =>
        path.StartsWithSegments("/connect", StringComparison.Ordinal)
        || path.StartsWithSegments("/identity", StringComparison.Ordinal);

    private static Task Protect(object state)
    {
        var context = (HttpContext)state;
        var (response, headers) = (context.Response, context.Response.Headers);
        if (response.StatusCode == StatusCodes.Status302Found && HttpMethods.IsPost(context.Request.Method))
            response.StatusCode = StatusCodes.Status303SeeOther;
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
