using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Which spans leave, where not all do: those of a share of all traces, the same in each process, for the trace's id
/// decides; and of the others what failed or was slow, with all that it was a part of here. It has to be known how a span
/// ended, so this is no sampler. Of other processes' spans it knows nothing: that is a collector's work
/// (<c>deploy/monitoring/jaeger.yaml</c>).
/// </summary>
internal sealed class KeptSpans(double share, TimeSpan slow) : BaseProcessor<Activity>
{
    private const string HasKeptPart = "eperfect.kept";
    private readonly TraceIdRatioBasedSampler sampler = new(share);

    /// <summary>Null where all are kept, which is so unless settings say otherwise.</summary>
    public static KeptSpans? Of(IConfiguration configuration)
    {
        var share = Number(configuration, "Telemetry:KeptShare", 1, most: 1);
        var slow = Number(configuration, "Telemetry:SlowMilliseconds", 1000, most: int.MaxValue);
        return share < 1 ? new(share, TimeSpan.FromMilliseconds(slow)) : null;
    }

    public override void OnEnd(Activity data)
    {
        if (IsOfTheShare(data)) return;
        if (data.Status == ActivityStatusCode.Error || data.Duration >= slow || data.GetCustomProperty(HasKeptPart) is not null)
        {
            // It ends later, and tells its own.
            data.Parent?.SetCustomProperty(HasKeptPart, HasKeptPart);
            return;
        }

        // What is not recorded no exporter takes.
        data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }

    private bool IsOfTheShare(Activity span) => sampler
        .ShouldSample(new SamplingParameters(default, span.TraceId, span.DisplayName, span.Kind))
        .Decision == SamplingDecision.RecordAndSample;

    private static double Number(IConfiguration configuration, string name, double usual, double most) =>
        configuration[name] is not { Length: > 0 } text ? usual
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= 0 && number <= most ? number
        : throw new InvalidOperationException($"{name} is a number from 0 to {most.ToString(CultureInfo.InvariantCulture)}.");
}
