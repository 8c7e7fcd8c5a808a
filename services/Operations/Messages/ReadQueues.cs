using EPerfect.Operations.Asking;
using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Messages;

/// <param name="Service">Whose.</param>
/// <param name="Queue">Which.</param>
/// <param name="Waiting">Messages that wait their turn.</param>
/// <param name="Parked">Messages that failed and are tried again soon.</param>
/// <param name="Poisoned">Messages that kept failing and wait for a person.</param>
/// <param name="History">How many waited, the newest last.</param>
internal sealed record QueueView(
    string Service, string Queue, double Waiting, double Parked, double Poisoned, IReadOnlyList<double> History);

internal sealed record QueuesView(IReadOnlyList<QueueView> Queues, IReadOnlyList<NotAnswered> NotAnswered);

/// <summary>What waits in the queues, as each service saw it within the last ten seconds.</summary>
internal static class ReadQueues
{
    public static void Map(RouteGroupBuilder operations) => operations
        .MapGet(
            "/queues",
            async (AskServices services, CancellationToken ct) => Results.Ok(Of(await services.GetMeasuresAsync(ct))))
        .WithName("ReadQueues")
        .WithSummary("What waits in the queues, is parked, or kept failing")
        .Produces<QueuesView>();

    public static QueuesView Of(IReadOnlyList<Said<MeasuresView>> said) => new(
        [.. said.SelectMany(Of).OrderByDescending(queue => queue.Poisoned).ThenByDescending(queue => queue.Waiting)
            .ThenBy(queue => queue.Queue, StringComparer.Ordinal)],
        [.. said.Where(one => one.Answer is null).Select(NotAnswered.By)]);

    private static IEnumerable<QueueView> Of(Said<MeasuresView> said)
    {
        var byQueue = (said.Answer?.Series ?? []).Where(one => one.Tags.ContainsKey("queue"))
            .GroupBy(one => one.Tags["queue"], StringComparer.Ordinal);
        foreach (var queue in byQueue)
        {
            var values = queue.ToDictionary(one => one.Name, StringComparer.Ordinal);
            double Value(string name) => values.GetValueOrDefault($"eperfect.messages.{name}")?.Value ?? 0;
            yield return new(
                said.Service, queue.Key, Value("waiting"), Value("parked"), Value("poisoned"),
                values.GetValueOrDefault("eperfect.messages.waiting")?.History ?? []);
        }
    }
}
