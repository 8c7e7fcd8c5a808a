using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace EPerfect.ServiceDefaults;

/// <summary>What a service's publisher and projections do not get past.</summary>
/// <param name="Stuck">Where each stands, and why; what has waited longest comes first.</param>
public sealed record StuckShardsView(IReadOnlyList<ShardPlace> Stuck);

/// <summary>An operator sees that the publisher or a projection is stuck, and at what. There is nothing to resume: each is tried
/// again every few seconds, and nothing is skipped.</summary>
internal static class ReadStuckShards
{
    public static void Map(RouteGroupBuilder operations) => operations.MapGet(
        "/shards",
        async (ShardProgress progress, TimeProvider clock, CancellationToken ct) =>
        {
            var places = await progress.ReadAsync(ct);
            return new StuckShardsView([.. places.Where(place => place.IsStuck(clock.GetUtcNow()))]);
        });
}
