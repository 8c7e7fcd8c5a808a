using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EPerfect.ServiceDefaults;

/// <summary>The names under which the platform's own spans and metrics are found.</summary>
public static class Telemetry
{
    /// <summary>The name of the platform's activity source and meter.</summary>
    public const string Name = "EPerfect";

    /// <summary>Spans of deadlines, units of work and the publisher.</summary>
    public static readonly ActivitySource Source = new(Name);

    /// <summary>Metrics of the platform's own parts.</summary>
    public static readonly Meter Meter = new(Name);

    /// <summary>The span that a stored event or a message names (W3C); none if it names none.</summary>
    internal static ActivityContext ParentOf(string? traceParent) =>
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent) ? parent : default;

    /// <summary>The trace of <c>00-{trace}-{span}-01</c> (W3C).</summary>
    /// <param name="traceParent">What a stored event or a message names.</param>
    /// <returns>Null if it names none.</returns>
    public static string? TraceIdOf(string? traceParent) => traceParent?.Split('-') is [_, var trace, _, _] ? trace : null;
}
