using EPerfect.ServiceDefaults;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace EPerfect.Gateway;

/// <summary>
/// Which headers of a client reach a service. All others stay out: nobody names himself, his address or his rights by a
/// header (OWASP ASVS 4.1.3), and nothing about a person is handed on that no service needs. The pages of the provider
/// alone get cookies and the client's address, which the activity history shows to its owner.
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
        context.AddRequestHeadersAllowed(provider ? [.. Allowed, HeaderNames.Cookie] : Allowed);
        context.AddXForwarded(ForwardedTransformActions.Remove);
        if (provider) context.AddXForwardedFor(action: ForwardedTransformActions.Set);
        context.AddXForwardedHost(action: ForwardedTransformActions.Set);
        context.AddXForwardedProto(action: ForwardedTransformActions.Set);
    }
}
