using Yarp.ReverseProxy.Configuration;

namespace EPerfect.Gateway;

/// <summary>What holds for every cluster that says nothing else: section EveryCluster of the configuration.</summary>
internal sealed class EveryCluster(IConfiguration configuration) : IProxyConfigFilter
{
    private readonly IConfigurationSection section = configuration.GetRequiredSection(nameof(EveryCluster));

    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel)
    {
        var common = section.Get<ClusterConfig>()!;
        return new(cluster with
        {
            LoadBalancingPolicy = cluster.LoadBalancingPolicy ?? common.LoadBalancingPolicy,
            HealthCheck = cluster.HealthCheck ?? common.HealthCheck,
            HttpClient = cluster.HttpClient ?? common.HttpClient,
            HttpRequest = cluster.HttpRequest ?? common.HttpRequest,
            Metadata = cluster.Metadata ?? common.Metadata,
        });
    }

    public ValueTask<RouteConfig> ConfigureRouteAsync(
        RouteConfig route, ClusterConfig? cluster, CancellationToken cancel) => new(route);
}
