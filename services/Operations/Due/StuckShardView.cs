using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Due;

/// <param name="Service">Where.</param>
/// <param name="What">Which publisher or projection, at what it stands, and why.</param>
/// <param name="Rebuild">What makes a projection anew, once the fault is mended and if what it had made is wrong; null for a
/// publisher, which makes nothing.</param>
/// <param name="Runbook">What to look at and to do.</param>
internal sealed record StuckShardView(string Service, ShardPlace What, string? Rebuild, string Runbook)
{
    public static StuckShardView Of(string service, ShardPlace what) => what.Shard.Split(':')[0] is "publisher"
        ? new(service, what, Rebuild: null, "deploy/runbooks/stuck-publisher.md")
        : new(
            service,
            what,
            $"deploy/projections {service} rebuild {what.Shard.Split(':')[0]}",
            "deploy/runbooks/lagging-projection.md");
}
