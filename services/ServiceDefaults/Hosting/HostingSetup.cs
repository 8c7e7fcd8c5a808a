using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

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
        builder.Services.AddHostedService<Drain>();
        // Traces tell of requests, better; the log is for what a person should read.
        builder.Logging
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
            // Whoever asks for health gets the answer; it need not be told twice a second here too.
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical)
            .AddFilter("Marten", LogLevel.Warning)
            .AddFilter("System.Net.Http", LogLevel.Warning)
            .AddFilter("Yarp", LogLevel.Warning)
            .AddConsole(console => console.FormatterName = LogLines.FormatterName)
            .AddConsoleFormatter<LogLines, ConsoleFormatterOptions>();
        TelemetrySetup.Add(builder, service);
    }
}
