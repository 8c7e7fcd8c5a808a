using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace EPerfect.ServiceDefaults;

/// <summary>What an instance has measured of late.</summary>
/// <param name="EverySeconds">From one value of a history to the next.</param>
/// <param name="Series">What was measured when it looked last.</param>
public sealed record MeasuresView(double EverySeconds, IReadOnlyList<MeasuredSeries> Series);

/// <summary>One gauge of one thing.</summary>
/// <param name="Name">Such as <c>eperfect.progress.lag</c>.</param>
/// <param name="Tags">Of what.</param>
/// <param name="Value">How much, when it was looked up last.</param>
/// <param name="History">The values of the last quarter of an hour, the newest last; those of the instance that answers, and
/// none from before its start.</param>
public sealed record MeasuredSeries(
    string Name, IReadOnlyDictionary<string, string> Tags, double Value, IReadOnlyList<double> History);

/// <summary>The gauges that Prometheus is told too, for who has no Prometheus.</summary>
internal static class ReadMeasures
{
    public static void Map(RouteGroupBuilder operations) => operations.MapGet(
        "/measures", (MeasureHistory history) => new MeasuresView(Measuring.Interval.TotalSeconds, history.Read()));
}
