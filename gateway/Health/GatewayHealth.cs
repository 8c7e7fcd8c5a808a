using Yarp.ReverseProxy;

namespace EPerfect.Gateway;

/// <summary>
/// <c>/health/live</c>: I run. <c>/health/ready</c>: every service has an instance that a probe found ready, and I am
/// not stopping. <c>/health</c>: how each stands; 200 while anything at all can be served.
/// </summary>
internal static class GatewayHealth
{
    public static void Map(WebApplication app)
    {
        var health = app.MapGroup("/health").DisableHttpMetrics().AddEndpointFilter(NotStoredAsync);
        health.MapRead("/live", () => Results.Ok(new { status = Standing.Healthy }));
        health.MapRead("", (IProxyStateLookup proxy) =>
        {
            var report = Report.Of(proxy);
            return Answer(report, serves: report.Status != Standing.Unhealthy);
        });
        health.MapRead("/ready", (IProxyStateLookup proxy, IHostApplicationLifetime lifetime) =>
        {
            var report = Report.Of(proxy);
            var stops = lifetime.ApplicationStopping.IsCancellationRequested;
            return Answer(report, serves: report.EveryClusterIsReady && !stops);
        });
    }

    private static IResult Answer(Report report, bool serves) => Results.Json(
        report, statusCode: serves ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);

    private static ValueTask<object?> NotStoredAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }
}
