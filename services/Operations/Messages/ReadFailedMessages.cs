using EPerfect.Operations.Asking;
using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Messages;

/// <summary>Messages that failed in the same way.</summary>
/// <param name="Service">Whose they are.</param>
/// <param name="Queue">The queue that they had come by: the consumer.</param>
/// <param name="Event">The event that they tell of.</param>
/// <param name="Failure">The type of the exception.</param>
/// <param name="Count">How many.</param>
/// <param name="First">When the first failed.</param>
/// <param name="Last">When the last failed.</param>
/// <param name="Messages">Each of them, by ids alone.</param>
internal sealed record FailureGroup(
    string Service,
    string Queue,
    string Event,
    string Failure,
    int Count,
    DateTimeOffset? First,
    DateTimeOffset? Last,
    IReadOnlyList<FailedMessage> Messages);

/// <param name="Groups">The largest first.</param>
/// <param name="Complete">Everybody answered, and nothing was left out.</param>
/// <param name="NotAnswered">Whose messages are not known.</param>
internal sealed record FailuresView(
    IReadOnlyList<FailureGroup> Groups, bool Complete, IReadOnlyList<NotAnswered> NotAnswered);

/// <summary>Messages that kept failing, grouped by how.</summary>
internal static class ReadFailedMessages
{
    public static void Map(RouteGroupBuilder operations)
    {
        operations.MapGet("/failed-messages", async (AskServices services, CancellationToken ct) =>
                Results.Ok(await GatherAsync(services, archived: false, ct)))
            .WithName("ReadFailedMessages")
            .WithSummary("Messages that kept failing and wait for a person, grouped by queue and failure")
            .Produces<FailuresView>();
        operations.MapGet("/archived-messages", async (AskServices services, CancellationToken ct) =>
                Results.Ok(await GatherAsync(services, archived: true, ct)))
            .WithName("ReadArchivedMessages")
            .WithSummary("Messages that kept failing and were put out of the way")
            .Produces<FailuresView>();
    }

    public static async Task<FailuresView> GatherAsync(AskServices services, bool archived, CancellationToken ct)
    {
        var said = await services.GetAsync<FailedMessagesView>(
            services.All, archived ? "/operations/archived-messages" : "/operations/failed-messages", ct);
        return new(
            [.. said.SelectMany(Groups).OrderByDescending(group => group.Count)],
            said.All(one => one.Answer is { More: false }),
            [.. said.Where(one => one.Answer is null).Select(NotAnswered.By)]);
    }

    private static IEnumerable<FailureGroup> Groups(Said<FailedMessagesView> said) =>
        from message in said.Answer?.Messages ?? []
        group message by (message.Queue, message.Event, message.Failure) into alike
        select new FailureGroup(
            said.Service, alike.Key.Queue, alike.Key.Event, alike.Key.Failure, alike.Count(),
            alike.Min(one => one.FailedAt), alike.Max(one => one.FailedAt), [.. alike]);
}
