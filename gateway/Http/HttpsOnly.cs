using System.Security.Authentication;

namespace EPerfect.Gateway;

/// <summary>Section Https: what production needs beside a certificate (section Kestrel, as Kestrel documents it).</summary>
internal sealed class HttpsOptions
{
    /// <summary>Whether plain http is refused. Everywhere but in development, unless this says otherwise.</summary>
    public bool? Required { get; init; }

    /// <summary>Where clients reach us over https.</summary>
    public int Port { get; init; } = 443;

    /// <summary>How long a browser remembers to come over https alone.</summary>
    public int HstsDays { get; init; } = 365;
}

/// <summary>Who looks at a page over plain http is sent to https; a browser remembers it. A program is refused: sent on, it would
/// go on showing its secrets in clear, and nobody would notice. Probes may come as they like.</summary>
internal static class HttpsOnly
{
    public static void Add(WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(kestrel =>
        kestrel.ConfigureHttpsDefaults(https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13));

    public static void Use(WebApplication app)
    {
        var options = app.Configuration.GetSection("Https").Get<HttpsOptions>() ?? new HttpsOptions();
        if (!(options.Required ?? !app.Environment.IsDevelopment())) return;
        var remember = $"max-age={TimeSpan.FromDays(options.HstsDays).TotalSeconds:F0}";
        // Our own name, as the issuer has it: a Host that a client made up must not stand in an answer that others may cache.
        var host = new Uri(app.Configuration["Identity:Issuer"]!).Host;
        var to = options.Port == 443 ? new HostString(host) : new HostString(host, options.Port);
        app.Use((context, next) =>
        {
            if (!context.Request.IsHttps) return context.IsProbe() ? next(context) : Send(context, to);
            context.Response.OnStarting(Remember, (context.Response.Headers, remember));
            return next(context);
        });
    }

    private static Task Remember(object state)
    {
        var (headers, remember) = ((IHeaderDictionary, string))state;
        headers.StrictTransportSecurity = remember;
        return Task.CompletedTask;
    }

    private static Task Send(HttpContext context, HostString host)
    {
        var request = context.Request;
        var isPage = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (!isPage || request.Headers.Authorization.Count > 0)
            return GatewayProblems.HttpsRequired.ExecuteAsync(context);
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = $"https://{host}{request.Path}{request.QueryString}";
        return Task.CompletedTask;
    }
}
