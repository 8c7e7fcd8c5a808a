using EPerfect.Operations.Asking;
using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Due;

/// <param name="Service">Where.</param>
/// <param name="What">What is stuck, since when and why.</param>
internal sealed record StuckView(string Service, StuckDeadline What);

/// <param name="Stuck">The oldest first.</param>
/// <param name="Shards">Publishers and projections that do not get on; the oldest first.</param>
/// <param name="Complete">Everybody answered, and nothing was left out.</param>
/// <param name="NotAnswered">Where it is not known.</param>
internal sealed record StucksView(
    IReadOnlyList<StuckView> Stuck,
    IReadOnlyList<StuckShardView> Shards,
    bool Complete,
    IReadOnlyList<NotAnswered> NotAnswered);

/// <param name="Service">Where.</param>
/// <param name="What">How much of what, in which hour.</param>
internal sealed record DueView(string Service, DueSoon What);

/// <param name="Due">By the hour.</param>
/// <param name="NotAnswered">Where it is not known.</param>
internal sealed record DuesView(IReadOnlyList<DueView> Due, IReadOnlyList<NotAnswered> NotAnswered);

/// <summary>What is stuck and why; what falls due in the next 24 hours.</summary>
internal static class ReadStuck
{
    public static void Map(RouteGroupBuilder operations)
    {
        operations.MapGet("/stuck", async (AskServices services, CancellationToken ct) =>
                Results.Ok((await GatherAsync(services, ct)).Stuck))
            .WithName("ReadStuck")
            .WithSummary("What should have been done by now, since when, and why it is not")
            .Produces<StucksView>();
        operations.MapGet("/due", async (AskServices services, CancellationToken ct) =>
                Results.Ok((await GatherAsync(services, ct)).Due))
            .WithName("ReadDue")
            .WithSummary("What falls due in the next 24 hours, hour by hour")
            .Produces<DuesView>();
    }

    public static async Task<(StucksView Stuck, DuesView Due)> GatherAsync(AskServices services, CancellationToken ct)
    {
        var asked = services.GetAsync<StuckShardsView>(services.All, "/operations/shards", ct);
        var said = await services.GetAsync<DeadlinesView>(services.All, "/operations/deadlines", ct);
        var shards = await asked;
        NotAnswered[] silent = [.. said.Where(one => one.Answer is null).Select(NotAnswered.By)];
        NotAnswered[] anySilent =
            [.. silent.Concat(shards.Where(one => one.Answer is null).Select(NotAnswered.By)).DistinctBy(one => one.Service)];
        return (
            new(
                [.. said.SelectMany(one => (one.Answer?.Stuck ?? []).Select(what => new StuckView(one.Service, what)))
                    .OrderBy(one => one.What.Due)],
                [.. shards.SelectMany(one => (one.Answer?.Stuck ?? []).Select(what => StuckShardView.Of(one.Service, what)))
                    .OrderBy(one => one.What.Oldest)],
                anySilent.Length == 0 && said.All(one => one.Answer is { More: false }),
                anySilent),
            new(
                [.. said.SelectMany(one => (one.Answer?.Due ?? []).Select(what => new DueView(one.Service, what)))
                    .OrderBy(one => one.What.From)],
                silent));
    }
}
