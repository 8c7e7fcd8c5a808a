using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace EPerfect.Gateway;

/// <summary>
/// Which headers of a client reach a service. All others stay out: nobody names himself, his address or his rights by a
/// header (OWASP ASVS 4.1.3), and nothing about a person is handed on that no service needs, his address included.
/// The trace context is not copied but continued by the HTTP client.
/// </summary>
internal static class RequestHeaders
{
    private static readonly string[] Allowed =
    [
        "Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Cache-Control",
        "Content-Encoding", "Content-Length", "Content-Type",
        "Idempotency-Key", "If-Match", "If-Modified-Since", "If-None-Match", "Prefer",
    ];

    public static void Restrict(TransformBuilderContext context)
    {
        context.AddRequestHeadersAllowed(Allowed);
        context.AddXForwarded(ForwardedTransformActions.Remove);
        context.AddXForwardedHost(action: ForwardedTransformActions.Set);
        context.AddXForwardedProto(action: ForwardedTransformActions.Set);
    }
}
