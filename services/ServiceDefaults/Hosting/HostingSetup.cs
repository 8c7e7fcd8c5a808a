using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EPerfect.ServiceDefaults;

/// <summary>What every process of the platform has, the gateway too: telemetry, and a stop that lets work
/// finish.</summary>
public static class HostingSetup
{
    /// <summary>Adds it.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="service">Its name in traces, metrics and logs.</param>
    public static void Add(WebApplicationBuilder builder, string service)
    {
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(25));
        TelemetrySetup.Add(builder, service);
    }
}
