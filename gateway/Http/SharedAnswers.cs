using Microsoft.AspNetCore.OutputCaching;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace EPerfect.Gateway;

/// <summary>
/// An answer of which its service says that anyone may have it for so long (<c>Cache-Control: public, s-maxage</c>, RFC 9111)
/// is given again for that long without asking the service. Only on routes that say <c>OutputCachePolicy</c> shared: there
/// nothing depends on who asks. Whoever asks passes every door before.
/// </summary>
internal sealed class SharedAnswers : IOutputCachePolicy
{
    private const string Policy = "shared";
    private const long MostBytes = 16 * 1024 * 1024;
    private const long MostBytesOfOne = 256 * 1024;

    public static void Add(WebApplicationBuilder builder) => builder.Services.AddOutputCache(cache =>
    {
        (cache.SizeLimit, cache.MaximumBodySize) = (MostBytes, MostBytesOfOne);
        cache.AddPolicy(Policy, new SharedAnswers());
    });

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        context.EnableOutputCaching = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        context.AllowCacheStorage = context.EnableOutputCaching;
        // Who says anything of caches wants to know it from the service.
        context.AllowCacheLookup = context.EnableOutputCaching && request.Headers.CacheControl.Count == 0;
        // Whoever asks first may be kept waiting: that is no reason for the others to wait too.
        context.AllowLocking = false;
        context.CacheVaryByRules.QueryKeys = "*";
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        // What the gateway answers by itself has not been judged, and is not kept.
        context.AllowCacheStorage &= context.ResponseExpirationTimeSpan > TimeSpan.Zero;
        return ValueTask.CompletedTask;
    }

    /// <summary>Judges what the service says, once its headers are here: with the first byte of the body it is settled for how
    /// long the answer is kept.</summary>
    public static void Judge(TransformBuilderContext route)
    {
        if (route.Route.OutputCachePolicy != Policy) return;
        route.AddResponseTransform(context =>
        {
            if (context.HttpContext.Features.Get<IOutputCacheFeature>()?.Context is not { } answer) return default;
            answer.ResponseExpirationTimeSpan = SharedFor(context.HttpContext.Response);
            answer.AllowCacheStorage = answer.ResponseExpirationTimeSpan > TimeSpan.Zero;
            return default;
        });
    }

    private static TimeSpan SharedFor(HttpResponse response) =>
        response.StatusCode == StatusCodes.Status200OK
        && response.Headers.SetCookie.Count == 0
        && response.Headers.Vary.Count == 0
        && response.GetTypedHeaders().CacheControl is { Public: true, SharedMaxAge: { } age } ? age : TimeSpan.Zero;
}
