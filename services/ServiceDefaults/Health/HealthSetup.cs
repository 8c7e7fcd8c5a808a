using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// <c>/health/live</c>: I run (never asks anybody). <c>/health/ready</c> is 503 while I cannot serve: my database or
/// vault is away, or I am stopping. It is 200 and <c>Degraded</c> while I serve but something behind me does not keep
/// up: the broker, the publisher, projections, deadlines, error queues. So an outage of the broker takes nobody out of
/// service.
/// </summary>
internal static class HealthSetup
{
    /// <summary>Less than the gateway's probe waits (3 s): a part that hangs must not make its service look
    /// silent.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromSeconds(2);

    private const string Ready = "ready";

    public static void Add(IServiceCollection services)
    {
        AddStopping(services);
        // Remembers what it saw from one check to the next.
        services.AddSingleton<RetentionHealth>();
        services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database", tags: [Ready], timeout: MostTime)
            .AddCheck<VaultHealth>("vault", tags: [Ready], timeout: MostTime)
            .AddCheck<DeadlineHealth>("deadlines", HealthStatus.Degraded, [Ready], MostTime)
            .AddCheck<RetentionHealth>("retention", HealthStatus.Degraded, [Ready], MostTime)
            .AddCheck<ProgressHealth>("projections", HealthStatus.Degraded, [Ready], MostTime);
    }

    /// <summary>For who has nothing behind it that could be away.</summary>
    public static void AddStopping(IServiceCollection services) =>
        services.AddSingleton<StoppingHealth>().AddHealthChecks().AddCheck<StoppingHealth>("stopping", tags: [Ready]);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync })
            .DisableHttpMetrics()
            .Allow(Access.Anyone);
        routes.MapHealthChecks(
                "/health/ready",
                new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync })
            .DisableHttpMetrics()
            .Allow(Access.Anyone);
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.Headers[HealthHeader.Name] = report.Status.ToString();
        return context.Response.WriteAsJsonAsync(Told(report), JsonSerializerOptions.Web, context.RequestAborted);
    }

    private static object Told(HealthReport report) => new
    {
        status = report.Status.ToString(),
        checks = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new
            {
                status = entry.Value.Status.ToString(),
                description = entry.Value.Description ?? entry.Value.Exception?.GetType().Name,
                data = entry.Value.Data.Count == 0 ? null : entry.Value.Data,
            },
            StringComparer.Ordinal),
    };
}
