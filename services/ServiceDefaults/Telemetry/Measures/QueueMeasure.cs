namespace EPerfect.ServiceDefaults;

/// <summary>What waits in this service's queues, is parked, or kept failing.</summary>
internal sealed class QueueMeasure(ErrorQueues queues) : IMeasure
{
    private static readonly Gauge Waiting = new("eperfect.messages.waiting", "{message}", "Messages that wait, by queue");

    private static readonly Gauge Parked = new(
        "eperfect.messages.parked", "{message}", "Messages that failed and are tried again soon, by queue");

    private static readonly Gauge Poisoned = new(
        "eperfect.messages.poisoned", "{message}", "Messages that kept failing and wait for a person, by queue");

    public IReadOnlyList<Gauge> Gauges { get; } = [Waiting, Parked, Poisoned];

    public async Task<IReadOnlyList<Measured>> ReadAsync(CancellationToken cancellationToken) =>
    [
        .. from depth in await queues.DepthsAsync(cancellationToken)
           from one in new[] { (Waiting, depth.Waiting), (Parked, depth.Parked), (Poisoned, depth.Poisoned) }
           select Measured.Of(one.Item1, one.Item2, "queue", depth.Queue),
    ];
}
