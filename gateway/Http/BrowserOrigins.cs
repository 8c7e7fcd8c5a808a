using EPerfect.ServiceDefaults;

namespace EPerfect.Gateway;

/// <summary>
/// Setting Cors:Origins: the frontends, by exact origin, whose pages may read our answers; none unless named. Pages
/// where one signs in and the authorization endpoint are never read by a script of another origin (RFC 9700, 2.6):
/// their routes say CorsPolicy disable. Tokens are sent by hand, so no cookie ever comes along.
/// </summary>
internal static class BrowserOrigins
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    internal static readonly string[] Sent =
    [
        "Accept", "Accept-Language", "Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match",
        OpeningGround.PurposeHeader, OpeningGround.GroundHeader,
        "Prefer", "traceparent", "tracestate",
    ];

    private static readonly string[] Read =
    [
        "ETag", "Location", "Trace-Id", "Retry-After", "RateLimit", "RateLimit-Policy", "WWW-Authenticate", "Link",
    ];

    public static void Add(WebApplicationBuilder builder)
    {
        var origins = builder.Configuration.GetSection("Cors:Origins").Get<string[]>() ?? [];
        if (Array.Find(origins, origin => !IsOrigin(origin)) is { } wrong)
            throw new InvalidOperationException($"Cors:Origins: {wrong} is not an origin like https://shop.example.");
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(origins)
            .WithHeaders(Sent)
            .WithExposedHeaders(Read)
            .WithMethods("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
            .SetPreflightMaxAge(Remembered)));
    }

    /// <summary>Neither a pattern nor a path: what is not exact would let in more than was meant.</summary>
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.GetLeftPart(UriPartial.Authority) == text;
}
