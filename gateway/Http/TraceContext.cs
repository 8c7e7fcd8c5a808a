using System.Diagnostics;

namespace EPerfect.Gateway;

/// <summary>
/// A client's trace is continued (W3C Trace Context): one trace from its own request to the last consumer. Its baggage
/// and its tracestate are dropped: free text that would travel through every service and into what is kept.
/// </summary>
internal static class TraceContext
{
    public static void Use(WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Request.Headers;
        if (headers.ContainsKey("baggage") || headers.ContainsKey("Correlation-Context")) DropBaggage();
        if (Activity.Current is { TraceStateString: not null } activity) activity.TraceStateString = null;
        return next(context);
    });

    private static void DropBaggage()
    {
        OpenTelemetry.Baggage.ClearBaggage();
        if (Activity.Current is not { } activity) return;
        foreach (var (name, _) in activity.Baggage.ToList()) activity.SetBaggage(name, null);
    }
}
