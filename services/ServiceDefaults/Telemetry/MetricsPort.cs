using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// <c>/metrics</c>, as Prometheus reads them, at a port of its own (setting <c>Metrics:Port</c>; without it nowhere): who
/// may come to that port is for the network to say, and nobody comes to them through the gateway. The process must
/// listen there: the port stands in <c>ASPNETCORE_URLS</c> too.
/// </summary>
public static class MetricsPort
{
    /// <summary>Answers at that port.</summary>
    /// <param name="app">The process.</param>
    public static void Use(WebApplication app)
    {
        if (app.Configuration.GetValue<int?>("Metrics:Port") is not { } port) return;
        app.UseOpenTelemetryPrometheusScrapingEndpoint(context =>
            context.Connection.LocalPort == port && context.Request.Path == "/metrics");
    }
}
