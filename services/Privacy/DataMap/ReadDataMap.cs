using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.DataMap;

/// <param name="Services">What each says of itself.</param>
/// <param name="NotHeardOf">The services that said nothing yet: the map is not whole.</param>
internal sealed record DataMapView(IReadOnlyList<DataMapGenerated> Services, IReadOnlyList<string> NotHeardOf)
{
    private static readonly string[] All = ["accounts", "domains", "orders", "privacy"];

    public static DataMapView Of(Map? map) => new(
        [.. map?.Services.Values ?? []], [.. All.Where(service => map?.Services.ContainsKey(service) != true)]);
}

/// <summary>What is acquired, stored and transmitted, by the services that run.</summary>
internal static class ReadDataMap
{
    private static async Task<IResult> Handle(Reader reader, CancellationToken cancellationToken) =>
        Results.Ok(DataMapView.Of(await reader.LatestAsync<Map>(Map.StreamId, cancellationToken)));

    public static void MapTo(RouteGroupBuilder privacy) => privacy.MapGet("/datamap", Handle)
        .WithName("ReadDataMap")
        .Allow(Access.Anyone)
        .WithSummary("What personal data is acquired, stored and transmitted: where, why, on what ground and for how long.")
        .Produces<DataMapView>();
}
