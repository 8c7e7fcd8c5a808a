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

    /// <summary>From one address; less than one service takes, so that nobody holds all places with slow bodies.</summary>
    public int MostPerAddress { get; init; } = 50;
}

/// <summary>What is too much is refused at once, before everything becomes slow for everybody.</summary>
internal sealed class Overload(IOptions<OverloadOptions> options, RateLimits addresses) : IDisposable
{
    private readonly PartitionedRateLimiter<Asked> limiter = PartitionedRateLimiter.CreateChained(
        AtOnce(options.Value.MostPerAddress, asked => asked.Address),
        AtOnce(options.Value.MostPerService, asked => asked.Service),
        AtOnce(options.Value.MostAtOnce, _ => "all"));

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

        using var lease = limiter.AttemptAcquire(new Asked(service, addresses.CountedAddress(context)));
        if (lease.IsAcquired) await next(context);
        else await GatewayProblems.Overloaded.ExecuteAsync(context);
    }

    private static PartitionedRateLimiter<Asked> AtOnce(int most, Func<Asked, string?> partition) =>
        PartitionedRateLimiter.Create<Asked, string>(asked => partition(asked) is { } one
            ? RateLimitPartition.GetConcurrencyLimiter(one, _ => new ConcurrencyLimiterOptions { PermitLimit = most })
            : RateLimitPartition.GetNoLimiter(""));

    /// <summary>Of which service, from where; null is an address that is not counted.</summary>
    private readonly record struct Asked(string Service, string? Address);
}
