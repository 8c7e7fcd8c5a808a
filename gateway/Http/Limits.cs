namespace EPerfect.Gateway;

/// <summary>How much a client may send, and how slowly.</summary>
internal static class Limits
{
    public const long MostBodyBytes = 64 * 1024;

    public static void Add(WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    });

    /// <summary>A body that is announced as too large is refused before any of it is read or sent on.</summary>
    public static void Use(WebApplication app) => app.Use((context, next) =>
        context.Request.ContentLength > MostBodyBytes
            ? GatewayProblems.BodyTooLarge.ExecuteAsync(context)
            : next(context));
}
