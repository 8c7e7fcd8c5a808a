using Yarp.ReverseProxy;

namespace EPerfect.Gateway;

/// <summary>
/// <c>/health/live</c>: I run. <c>/health</c>, for load balancers: how each part stands; 503 when nothing at all can be served,
/// or I am stopping, so that one service that is away takes no gateway out. <c>/health/ready</c>, for who deploys: 503 unless
/// every service has an instance that a probe found ready.
/// </summary>
internal static class GatewayHealth
{
    public static void Map(WebApplication app)
    {
        var health = app.MapGroup("/health").DisableHttpMetrics().AddEndpointFilter(NotStoredAsync);
        var stops = app.Lifetime.ApplicationStopping;
        health.MapRead("/live", () => Results.Ok(new { status = Standing.Healthy }));
        health.MapRead("", (IProxyStateLookup proxy, DegradedInstances degraded) =>
        {
            var report = Report.Of(proxy, degraded);
            return Answer(report, serves: report.Status != Standing.Unhealthy && !stops.IsCancellationRequested);
        });
        health.MapRead("/ready", (IProxyStateLookup proxy, DegradedInstances degraded) =>
        {
            var report = Report.Of(proxy, degraded);
            return Answer(report, serves: report.EveryClusterIsReady && !stops.IsCancellationRequested);
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
