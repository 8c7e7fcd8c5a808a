using System.Text.Json.Serialization;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace EPerfect.Gateway;

/// <summary>How the gateway and each service behind it stand, as the probes have found it: who asks waits for nobody. Names
/// instances, not where they are, nor what is behind them.</summary>
internal sealed record Report(Standing Status, IReadOnlyDictionary<string, ClusterReport> Clusters)
{
    [JsonIgnore]
    public bool EveryClusterIsReady => Clusters.Count > 0
        && Clusters.Values.All(cluster => cluster.IsOptional || cluster.IsReady);

    public static Report Of(IProxyStateLookup proxy, DegradedInstances degraded)
    {
        var clusters = proxy.GetClusters()
            .OrderBy(cluster => cluster.ClusterId, StringComparer.Ordinal)
            .ToDictionary(
                cluster => cluster.ClusterId, cluster => ClusterReport.Of(cluster, degraded), StringComparer.Ordinal);
        return new Report(Standings.Together(clusters.Values.Select(cluster => cluster.Status)), clusters);
    }
}

/// <summary>How the instances of one service stand.</summary>
internal sealed record ClusterReport(Standing Status, IReadOnlyDictionary<string, Standing> Destinations)
{
    /// <summary>No customer misses it: what operators see. Metadata <c>Optional</c> of the cluster.</summary>
    [JsonIgnore]
    public bool IsOptional { get; private init; }

    /// <summary>It has an instance that a probe found ready, be it degraded.</summary>
    [JsonIgnore]
    public bool IsReady { get; private init; }

    public static ClusterReport Of(ClusterState cluster, DegradedInstances degraded)
    {
        var destinations = cluster.Destinations.ToDictionary(
            pair => pair.Key, pair => Standings.Of(pair.Value.Health, degraded.Has(pair.Value)), StringComparer.Ordinal);
        return new ClusterReport(Standings.Together(destinations.Values), destinations)
        {
            IsReady = cluster.Destinations.Values.Any(one => Standings.Of(one.Health, degraded: false) == Standing.Healthy),
            IsOptional = cluster.Model.Config.Metadata?.ContainsKey("Optional") == true,
        };
    }
}

/// <summary>
/// Healthy: ready, all of it. Degraded: some of it, or it answers without being ready, or what is behind it does not keep up.
/// Unhealthy: silent, all of it.
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
    public static Standing Of(DestinationHealthState health, bool degraded) => health switch
    {
        { Active: DestinationHealth.Unhealthy } or { Passive: DestinationHealth.Unhealthy } => Standing.Unhealthy,
        { Active: DestinationHealth.Healthy } when !degraded => Standing.Healthy,
        _ => Standing.Degraded,
    };

    public static Standing Together(IEnumerable<Standing> parts)
    {
        var all = parts.ToList();
        if (all.TrueForAll(part => part == Standing.Unhealthy)) return Standing.Unhealthy;
        return all.TrueForAll(part => part == Standing.Healthy) ? Standing.Healthy : Standing.Degraded;
    }
}
