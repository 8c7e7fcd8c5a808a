using EPerfect.Operations.Asking;
using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Lag;

/// <param name="Service">Where.</param>
/// <param name="Kind"><c>publisher</c>, <c>projection</c>, or <c>partner</c>.</param>
/// <param name="Name">Which projection; which partner, and the way to it.</param>
/// <param name="Behind">How many events, or entries of a feed, are not taken up yet.</param>
/// <param name="AgeSeconds">How long the oldest of them has been waiting.</param>
/// <param name="Trend"><c>rising</c>, <c>falling</c> or <c>steady</c>, over the history.</param>
/// <param name="History">How many there were, the newest last.</param>
internal sealed record LagView(
    string Service, string Kind, string Name, double Behind, double AgeSeconds, string Trend, IReadOnlyList<double> History);

/// <param name="Lags">What is furthest behind comes first.</param>
/// <param name="EverySeconds">From one value of a history to the next.</param>
/// <param name="NotAnswered">Whose lag is not known.</param>
internal sealed record LagsView(IReadOnlyList<LagView> Lags, double EverySeconds, IReadOnlyList<NotAnswered> NotAnswered);

/// <summary>How far publishers, projections and partners are behind, and where that is going. The history is of the last
/// quarter of an hour, from the memory of the instance that answered.</summary>
internal static class ReadLag
{
    public static void Map(RouteGroupBuilder operations) => operations
        .MapGet(
            "/lag",
            async (AskServices services, CancellationToken ct) => Results.Ok(Of(await services.GetMeasuresAsync(ct))))
        .WithName("ReadProgress")
        .WithSummary("How far publishers, projections and partners are behind, and where that is going")
        .Produces<LagsView>();

    public static LagsView Of(IReadOnlyList<Said<MeasuresView>> said) => new(
        [.. said.SelectMany(Of).OrderByDescending(lag => lag.AgeSeconds).ThenBy(lag => lag.Service).ThenBy(lag => lag.Name)],
        said.Select(one => one.Answer?.EverySeconds ?? 0).DefaultIfEmpty().Max(),
        [.. said.Where(one => one.Answer is null).Select(NotAnswered.By)]);

    private static IEnumerable<LagView> Of(Said<MeasuresView> said)
    {
        var series = said.Answer?.Series ?? [];
        foreach (var of in (string[])["eperfect.progress", "eperfect.partner"])
        {
            var ages = series.Where(one => one.Name == $"{of}.age").ToLookup(one => NameOf(one.Tags), StringComparer.Ordinal);
            foreach (var one in series.Where(one => one.Name == $"{of}.lag"))
            {
                var name = NameOf(one.Tags);
                var age = ages[name].FirstOrDefault()?.Value ?? 0;
                yield return new(
                    said.Service, KindOf(one.Tags), name, one.Value, age, Trend.Of(one.History), one.History);
            }
        }
    }

    private static string NameOf(IReadOnlyDictionary<string, string> tags) =>
        tags.GetValueOrDefault("shard") ?? $"{tags.GetValueOrDefault("partner")} {tags.GetValueOrDefault("way")}";

    private static string KindOf(IReadOnlyDictionary<string, string> tags) =>
        !tags.TryGetValue("shard", out var shard) ? "partner"
        : shard.StartsWith("publisher", StringComparison.OrdinalIgnoreCase) ? "publisher"
        : "projection";
}
