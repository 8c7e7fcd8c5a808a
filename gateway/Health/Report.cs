using System.Text.Json.Serialization;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace EPerfect.Gateway;

/// <summary>How the gateway and each service behind it stand. Names instances, not where they are.</summary>
internal sealed record Report(Standing Status, IReadOnlyDictionary<string, ClusterReport> Clusters)
{
    [JsonIgnore]
    public bool EveryClusterServes => Clusters.Count > 0 && Clusters.Values.All(c => c.Status != Standing.Unhealthy);

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
    public static ClusterReport Of(ClusterState cluster)
    {
        var destinations = cluster.Destinations.ToDictionary(
            pair => pair.Key, pair => Standings.Of(pair.Value.Health), StringComparer.Ordinal);
        return new ClusterReport(Standings.Together(destinations.Values), destinations);
    }
}

/// <summary>All of it serves, some of it serves, nothing serves.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Standing>))]
internal enum Standing
{
    Healthy,
    Degraded,
    Unhealthy,
}

internal static class Standings
{
    /// <summary>An instance serves when a probe found it ready: not yet asked is not yet ready.</summary>
    public static Standing Of(DestinationHealthState health) =>
        health is { Active: DestinationHealth.Healthy, Passive: not DestinationHealth.Unhealthy }
            ? Standing.Healthy
            : Standing.Unhealthy;

    public static Standing Together(IEnumerable<Standing> parts)
    {
        var all = parts.ToList();
        if (all.TrueForAll(part => part == Standing.Unhealthy)) return Standing.Unhealthy;
        return all.TrueForAll(part => part == Standing.Healthy) ? Standing.Healthy : Standing.Degraded;
    }
}
