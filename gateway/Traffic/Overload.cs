using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace EPerfect.Gateway;

/// <summary>Section Overload: how many requests are on their way at once.</summary>
internal sealed class OverloadOptions
{
    /// <summary>To all services together.</summary>
    public int MostAtOnce { get; init; } = 1200;

    /// <summary>To one service; less than all, so that one that hangs leaves room for the others.</summary>
    public int MostPerService { get; init; } = 500;
}

/// <summary>What is too much is refused at once, before everything becomes slow for everybody.</summary>
internal sealed class Overload(IOptions<OverloadOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.CreateChained(
        AtOnce(options.Value.MostPerService, service => service), AtOnce(options.Value.MostAtOnce, _ => "all"));

    public static void Add(WebApplicationBuilder builder) => builder.Services
        .Configure<OverloadOptions>(builder.Configuration.GetSection("Overload"))
        .AddSingleton<Overload>();

    public static void Use(WebApplication app) => app.Use(app.Services.GetRequiredService<Overload>().LimitAsync);

    public void Dispose() => limiter.Dispose();

    private async Task LimitAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Service() is not { } service)
        {
            await next(context);
            return;
        }

        using var lease = limiter.AttemptAcquire(service);
        if (lease.IsAcquired) await next(context);
        else await GatewayProblems.Overloaded.ExecuteAsync(context);
    }

    private static PartitionedRateLimiter<string> AtOnce(int most, Func<string, string> partition) =>
        PartitionedRateLimiter.Create<string, string>(service => RateLimitPartition.GetConcurrencyLimiter(
            partition(service), _ => new ConcurrencyLimiterOptions { PermitLimit = most }));
}
