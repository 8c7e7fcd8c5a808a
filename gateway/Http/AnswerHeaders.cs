using System.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace EPerfect.Gateway;

/// <summary>Headers of every answer: where to find its trace, and what a browser may not do with it.</summary>
internal static class AnswerHeaders
{
    /// <summary>An API's answer is no page: nothing in it may load, run or be framed.</summary>
    private const string NothingLoads = "default-src 'none'; frame-ancestors 'none'";

    public static void Use(WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(Complete, context);
        return next(context);
    });

    private static Task Complete(object state)
    {
        var headers = ((HttpContext)state).Response.Headers;
        headers.Remove(HeaderNames.Server);
        headers.XContentTypeOptions = "nosniff";
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // A page has set its own.
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = NothingLoads;
        // Also over a service's: in an answer that is given again that is the trace of who asked first.
        if (Activity.Current is { } activity) headers["Trace-Id"] = activity.TraceId.ToHexString();
        return Task.CompletedTask;
    }
}
