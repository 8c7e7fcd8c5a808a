using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Looks all measures up every ten seconds, whoever collects and how often. Every instance tells what it saw of what
/// they share: take the maximum over the instances, not the sum.
/// </summary>
internal sealed partial class Measuring : PeriodicWork
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(5);
    private readonly IReadOnlyList<IMeasure> measures;
    private readonly MeasureHistory history;
    private readonly ConcurrentDictionary<IMeasure, IReadOnlyList<Measured>> seen = [];

    public Measuring(
        IEnumerable<IMeasure> measures,
        MeasureHistory history,
        IMeterFactory meters,
        TimeProvider clock,
        ILogger<Measuring> logger)
        : base(Interval, clock, logger)
    {
        (this.measures, this.history) = ([.. measures], history);
        var meter = meters.Create(Telemetry.Name);
        foreach (var measure in this.measures)
        {
            foreach (var gauge in measure.Gauges)
                meter.CreateObservableGauge(gauge.Name, () => ValuesOf(measure, gauge), gauge.Unit, gauge.Description);
        }
    }

    protected override Task DoAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(measures.Select(measure => LookAsync(measure, cancellationToken)));

    private async Task LookAsync(IMeasure measure, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(MostTime);
        try
        {
            seen[measure] = await measure.ReadAsync(limit.Token);
            history.Add(measure, seen[measure]);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            seen.TryRemove(measure, out _);
            history.Forget(measure);
            LogUnknown(Logger, measure.GetType().Name, failure.GetType().Name);
        }
    }

    private IEnumerable<Measurement<double>> ValuesOf(IMeasure measure, Gauge gauge) =>
        from value in seen.GetValueOrDefault(measure) ?? []
        where value.Gauge == gauge
        select new Measurement<double>(value.Value, value.Tags);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Measure} is not known: {Failure}")]
    private static partial void LogUnknown(ILogger logger, string measure, string failure);
}
