using EPerfect.Operations.Asking;
using EPerfect.Operations.Stories;
using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Actions;

/// <param name="Id">The event that it left.</param>
/// <param name="Service">Where.</param>
/// <param name="At">When it was stored.</param>
/// <param name="Who">Who did it: an opaque id.</param>
/// <param name="What">The event's name, such as <c>effect_stopped</c>.</param>
/// <param name="Stream">What kind of thing it was done to.</param>
/// <param name="StreamId">Which one.</param>
/// <param name="Facts">To what exactly: the effect, the queue, the message, what was due.</param>
/// <param name="Reason">The reference that was given; null where none is asked for, or where it stays sealed.</param>
/// <param name="TraceId">The trace that it was stored in.</param>
internal sealed record ActionView(
    Guid Id,
    string Service,
    DateTimeOffset At,
    Who Who,
    string What,
    string Stream,
    Guid StreamId,
    IReadOnlyDictionary<string, string> Facts,
    string? Reason,
    string? TraceId);

/// <param name="Items">The newest first.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
/// <param name="NotAnswered">Whose part is missing.</param>
internal sealed record ActionsView(
    IReadOnlyList<ActionView> Items, string? Next, IReadOnlyList<NotAnswered> NotAnswered);

/// <summary>What operators did by hand, at all services.</summary>
internal static class ReadActions
{
    public static void Map(RouteGroupBuilder operations) => operations
        .MapGet("/actions", async (
            Guid? @operator, int? limit, string? cursor, AskServices services, CancellationToken ct) =>
            PageRequest.TryRead(limit, cursor, out var page) is { } refusal
                ? Problems.From(refusal)
                : Results.Ok(await GatherAsync(services, @operator, page, ct)))
        .WithName("ReadOperatorActions")
        .WithSummary("What operators did by hand: who, when, what and why; the newest first")
        .Produces<ActionsView>()
        .ProducesProblem(StatusCodes.Status400BadRequest);

    /// <summary>Each service is asked for a whole page, as all of it may be its own.</summary>
    public static async Task<ActionsView> GatherAsync(
        AskServices services, Guid? by, PageRequest page, CancellationToken ct)
    {
        var path = $"/operations/actions?limit={page.Limit}"
            + (by is { } operatorId ? $"&operator={operatorId:D}" : "")
            + (page.After is { } after ? $"&cursor={after}" : "");
        var said = await services.GetAsync<Page<OperatorAction>>(services.All, path, ct);
        var all = said.SelectMany(one => (one.Answer?.Items ?? []).Select(action => Of(one.Service, action)))
            .OrderByDescending(action => action.At).ThenByDescending(action => action.Id).ToList();
        var more = all.Count > page.Limit || said.Any(one => one.Answer?.Next is not null);
        IReadOnlyList<ActionView> items = [.. all.Take(page.Limit)];
        return new(
            items,
            more ? new Cursor(items[^1].At, items[^1].Id).ToString() : null,
            [.. said.Where(one => one.Answer is null).Select(NotAnswered.By)]);
    }

    private static ActionView Of(string service, OperatorAction action) => new(
        action.Id, service, action.At, Who.Of(action.Actor, action.Role), action.Event, action.Stream, action.StreamId,
        action.Facts, action.Reason, Telemetry.TraceIdOf(action.TraceParent));
}
