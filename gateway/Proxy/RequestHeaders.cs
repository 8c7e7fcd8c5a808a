using EPerfect.ServiceDefaults;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace EPerfect.Gateway;

/// <summary>
/// Which headers of a client reach a service. All others stay out: nobody names himself, his address or his rights by a
/// header (OWASP ASVS 4.1.3), and nothing about a person is handed on that no service needs. Pages alone get cookies,
/// each service its own, and those of the provider the client's address, which the activity history shows to its owner.
/// The trace context is not copied but continued by the HTTP client.
/// </summary>
internal static class RequestHeaders
{
    internal static readonly string[] Allowed =
    [
        "Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Cache-Control",
        "Content-Encoding", "Content-Length", "Content-Type",
        "Idempotency-Key", "If-Match", "If-Modified-Since", "If-None-Match", "Prefer", "Sec-GPC",
        // Staff says what for and why: without these two nobody of the staff could look at anything.
        OpeningGround.PurposeHeader, OpeningGround.GroundHeader,
    ];

    public static void Restrict(TransformBuilderContext context)
    {
        var provider = context.Route.IsProvider();
        context.AddRequestHeadersAllowed(context.Route.HasPages() ? [.. Allowed, HeaderNames.Cookie] : Allowed);
        if (context.Route.HasPages()) context.AddRequestTransform(transform => KeepOwnAsync(transform, context.Route.ClusterId!));
        context.AddXForwarded(ForwardedTransformActions.Remove);
        if (provider) context.AddXForwardedFor(action: ForwardedTransformActions.Set);
        context.AddXForwardedHost(action: ForwardedTransformActions.Set);
        context.AddXForwardedProto(action: ForwardedTransformActions.Set);
    }

    /// <summary>As they were written: decoded, a value could end the header, and begin another one or a request.</summary>
    private static ValueTask KeepOwnAsync(RequestTransformContext context, string service)
    {
        var own = context.HttpContext.Request.Headers.Cookie
            .SelectMany(line => (line ?? "").Split([';', ','], StringSplitOptions.TrimEntries))
            .Where(cookie => CookieRegister.Has(CookieRegister.NameOf(cookie), service)).ToArray();
        context.ProxyRequest.Headers.Remove(HeaderNames.Cookie);
        if (own.Length > 0) context.ProxyRequest.Headers.TryAddWithoutValidation(HeaderNames.Cookie, string.Join("; ", own));
        return ValueTask.CompletedTask;
    }
}
