using System.Text.Json.Serialization;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace EPerfect.Gateway;

/// <summary>How the gateway and each service behind it stand. Names instances, not where they are.</summary>
internal sealed record Report(Standing Status, IReadOnlyDictionary<string, ClusterReport> Clusters)
{
    [JsonIgnore]
    public bool EveryClusterIsReady => Clusters.Count > 0
        && Clusters.Values.All(cluster => cluster.IsOptional || cluster.Destinations.Values.Contains(Standing.Healthy));

    public static Report Of(IProxyStateLookup proxy)
    {
        var clusters = proxy.GetClusters()
            .OrderBy(cluster => cluster.ClusterId, StringComparer.Ordinal)
            .ToDictionary(cluster => cluster.ClusterId, ClusterReport.Of, StringComparer.Ordinal);
        return new Report(Standings.Together(clusters.Values.Select(cluster => cluster.Status)), clusters);
    }
}

/// <summary>How the instances of one service stand.</summary>
internal sealed record ClusterReport(Standing Status, IReadOnlyDictionary<string, Standing> Destinations)
{
    /// <summary>No customer misses it: what operators see. Metadata <c>Optional</c> of the cluster.</summary>
    [JsonIgnore]
    public bool IsOptional { get; private init; }

    public static ClusterReport Of(ClusterState cluster)
    {
        var destinations = cluster.Destinations.ToDictionary(
            pair => pair.Key, pair => Standings.Of(pair.Value.Health), StringComparer.Ordinal);
        return new ClusterReport(Standings.Together(destinations.Values), destinations)
        {
            IsOptional = cluster.Model.Config.Metadata?.ContainsKey("Optional") == true,
        };
    }
}

/// <summary>
/// Healthy: ready, all of it. Degraded: some of it, or it answers without being ready. Unhealthy: silent, all of it.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<Standing>))]
internal enum Standing
{
    Healthy,
    Degraded,
    Unhealthy,
}

internal static class Standings
{
    public static Standing Of(DestinationHealthState health) => health switch
    {
        { Active: DestinationHealth.Unhealthy } or { Passive: DestinationHealth.Unhealthy } => Standing.Unhealthy,
        { Active: DestinationHealth.Healthy } => Standing.Healthy,
        _ => Standing.Degraded,
    };

    public static Standing Together(IEnumerable<Standing> parts)
    {
        var all = parts.ToList();
        if (all.TrueForAll(part => part == Standing.Unhealthy)) return Standing.Unhealthy;
        return all.TrueForAll(part => part == Standing.Healthy) ? Standing.Healthy : Standing.Degraded;
    }
}
