using EPerfect.PersonalData;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Traces, metrics and logs. Exported by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, save those of which
/// <c>OTEL_METRICS_EXPORTER</c> or <c>OTEL_LOGS_EXPORTER</c> says <c>none</c>; traces into a file where
/// <c>Telemetry:TraceFile</c> is.
/// </summary>
internal static class TelemetrySetup
{
    public static void Add(WebApplicationBuilder builder, string service)
    {
        var exports = !string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var file = builder.Configuration["Telemetry:TraceFile"];
        var kept = KeptSpans.Of(builder.Configuration);
        builder.Services.AddHostedService<FailuresFromNought>();
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceNamespace: "eperfect"))
            .WithTracing(traces =>
            {
                traces
                    // A client's wish not to be sampled must not cut the chain of who did what because of what.
                    .SetSampler(new AlwaysOnSampler())
                    .AddSource(Telemetry.Name, "MassTransit")
                    .AddAspNetCoreInstrumentation(options => options.Filter = IsWork)
                    .AddHttpClientInstrumentation()
                    .AddProcessor(new SpanConventions());
                // In this order: what is not kept is given to nobody.
                if (kept is not null) traces.AddProcessor(kept);
                if (!string.IsNullOrEmpty(file))
                {
                    traces.AddProcessor(new BatchActivityExportProcessor(
                        new TraceFile(file, service), scheduledDelayMilliseconds: 500));
                }
            })
            .WithMetrics(metrics => metrics
                .AddMeter(Telemetry.Name, VaultMetrics.Name, "MassTransit", "Marten", "Npgsql")
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter());
        if (!exports) return;
        // Exceptions are all that libraries tell by events of spans: SpanConventions has said what may be said of them.
        builder.Configuration["OTEL_SPAN_EVENT_COUNT_LIMIT"] = "0";
        // No scopes: they name the path that was asked for, with whatever a person wrote into it.
        if (Leave("LOGS")) builder.Logging.AddOpenTelemetry(logs => logs.AddProcessor(new LogConventions()).AddOtlpExporter());
        if (Leave("METRICS")) telemetry.WithMetrics(metrics => metrics.AddOtlpExporter());
        // After what says which spans leave, and as what.
        telemetry.WithTracing(traces => traces.AddOtlpExporter());

        // The variables are OpenTelemetry's; its .NET library leaves it to the host to read them.
        bool Leave(string signal) => builder.Configuration[$"OTEL_{signal}_EXPORTER"] is not "none";
    }

    /// <summary>Probes come every few seconds and say nothing.</summary>
    private static bool IsWork(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);
}
