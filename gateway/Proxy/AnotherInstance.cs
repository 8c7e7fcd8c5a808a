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
        // .NET's client repeats by itself what was not answered, unless it has begun to send a body, be it an empty one.
        if (!Reads(context.Request) && !CanHaveBody(context)) context.Request.ContentLength ??= 0;
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
        return Reads(context.Request) && failure.Error == ForwarderError.Request && !CanHaveBody(context);
    }

    private static bool Reads(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static bool CanHaveBody(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true };

    /// <summary>No connection, be it refused or not answered at all: whatever was to be sent is still here. One that was not had
    /// in time .NET's client tells as cancelled because of a timeout; an answer that was not, as cancelled.</summary>
    private static bool IsUnreachable(IForwarderErrorFeature failure) => failure is
    { Error: ForwarderError.Request, Exception: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } } or
    { Error: ForwarderError.RequestTimedOut, Exception: OperationCanceledException { InnerException: TimeoutException } };

    /// <summary>The next requests need not find out again.</summary>
    private void RestFor(HttpContext context, DestinationState destination)
    {
        var cluster = context.GetRouteModel().Cluster!;
        if (cluster.Model.Config.HealthCheck?.Passive?.ReactivationPeriod is { } time)
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, time);
    }
}
