using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace EPerfect.Gateway;

/// <summary>
/// An instance that was killed is noticed by nobody who reads: the request goes to another one. So does one that changes
/// something as long as none of it was sent; after that the client repeats it, under its Idempotency-Key.
/// </summary>
internal sealed class AnotherInstance(IDestinationHealthUpdater health)
{
    public async Task TryAsync(HttpContext context, RequestDelegate next)
    {
        var proxy = context.GetReverseProxyFeature();
        var left = proxy.AvailableDestinations;
        await next(context);
        while (context.GetForwarderErrorFeature() is { } failure
            && MayGoElsewhere(context, failure)
            && proxy.ProxiedDestination is { } failed)
        {
            left = [.. left.Where(one => one != failed)];
            if (left.Count == 0) return;
            if (IsUnreachable(failure)) RestFor(context, failed);
            context.Features.Set<IForwarderErrorFeature>(null);
            context.Response.Clear();
            (proxy.AvailableDestinations, proxy.ProxiedDestination) = (left, null);
            await next(context);
        }
    }

    private static bool MayGoElsewhere(HttpContext context, IForwarderErrorFeature failure)
    {
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested) return false;
        if (IsUnreachable(failure)) return true;
        var reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        return reads && failure.Error == ForwarderError.Request
            && context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true };
    }

    /// <summary>No connection: whatever was to be sent is still here.</summary>
    private static bool IsUnreachable(IForwarderErrorFeature failure) => failure is
    { Error: ForwarderError.Request, Exception: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } };

    /// <summary>The next requests need not find out again.</summary>
    private void RestFor(HttpContext context, DestinationState destination)
    {
        var cluster = context.GetRouteModel().Cluster!;
        if (cluster.Model.Config.HealthCheck?.Passive?.ReactivationPeriod is { } time)
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, time);
    }
}
